import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findConnectorFolders } from '../../../src/connector/find-connectors.ts';
import { getOwn, type Json } from '../../../src/connector/json/value.ts';
import { listOperations } from '../../../src/connector/operations.ts';
import { readAnswer } from '../../../src/runtime/answer.ts';
import { Sampler } from '../../../src/runtime/mock.ts';
import { operationOf, type RuntimeOperation } from '../../../src/runtime/operation.ts';
import { Schemas } from '../../../src/runtime/schema.ts';
import { checkAnswer } from '../../../src/runtime/schema-check.ts';
import { type Asked, MockService } from '../../../src/test-cases/serve/service.ts';
import { loadSubject, type Subject } from '../../../src/test-cases/subject.ts';
import { corpus } from '../../support/folders.ts';

/** A request with a value for everything that is declared as required. */
function requestFor(operation: RuntimeOperation, basePath: string): Asked {
  const { schemas } = operation;
  const sampler = new Sampler(schemas, { takesObjects: false });
  const [start = '', fixed = ''] = operation.path.split('?', 2);
  const query = new URLSearchParams(fixed);
  const form = new URLSearchParams();
  const headers: Record<string, string> = {};
  let path = start;
  let body = Buffer.alloc(0);
  for (const { name, in: location, node, pointer, required } of operation.parameters) {
    if (!required) continue;
    const view = location === 'body' ? schemas.view(getOwn(node, 'schema'), `${pointer}/schema`) : { node, pointer };
    const value = sampler.value(view, []);
    const text = Array.isArray(value) ? value.map(String).join(',') : String(value as Json);
    if (location === 'path') path = path.replaceAll(`{${name}}`, encodeURIComponent(text));
    else if (location === 'query') query.append(name, text);
    else if (location === 'header') headers[name.toLowerCase()] = text;
    else if (location === 'formData') form.append(name, text);
    else {
      body = Buffer.from(JSON.stringify(value));
      headers['content-type'] = 'application/json';
    }
  }
  if ([...form].length > 0) {
    body = Buffer.from(form.toString());
    headers['content-type'] = 'application/x-www-form-urlencoded';
  }
  const url = new URL('http://127.0.0.1:4010');
  url.pathname = `${basePath.replace(/\/$/, '')}${path}`;
  url.search = query.toString();
  return { method: operation.method, url, headers, body };
}

/** What an operation answers that it should not. */
function misfit(service: MockService, operation: RuntimeOperation, basePath: string): string[] {
  const asked = requestFor(operation, basePath);
  const { answer, operationId } = service.answer(asked);
  const name = `${operation.id}: ${answer.status}`;
  if (operationId !== operation.id) return [`${name} by ${operationId}`];
  if (answer.status >= 300) return [`${name} ${answer.body.toString().slice(0, 300)}`];
  const findings = checkAnswer(operation, readAnswer(answer), { isPoll: false });
  return findings.slice(0, 1).map(({ at, expected, seen }) => `${name} ${at}: ${expected}, not ${seen}`);
}

/** Those that a request can't reach: of one method and path several operations, or a path that URLs can't have. */
function reachable(subject: Subject): RuntimeOperation[] {
  const schemas = new Schemas(subject.definition);
  const seen = new Set<string>();
  return listOperations(subject.definition).flatMap((found) => {
    const key = `${found.method} ${found.path.replaceAll(/\{[^{}]*\}/g, '{}').toLowerCase()}`;
    if (found.id === '' || seen.has(key) || found.path.includes('#')) return [];
    seen.add(key);
    return [operationOf(subject.definition, found, schemas)];
  });
}

const folders = ['connectors', 'connectors-2025']
  .map((name) => join(corpus, name))
  .filter(existsSync)
  .flatMap((folder) => findConnectorFolders(folder));

describe('the mock service of published connectors', () => {
  if (folders.length === 0) it.skip(`needs the published connectors in ${corpus}`);
  for (const folder of folders) {
    it(`${folder.slice(corpus.length + 1)}: every operation answers with what fits its schema`, function () {
      this.timeout(30_000);
      let subject: Subject;
      try {
        subject = loadSubject(folder);
      } catch {
        return this.skip();
      }
      const basePath = String(getOwn(subject.definition, 'basePath') ?? '');
      const wrong = reachable(subject).flatMap((operation) => {
        const service = new MockService(subject, { seed: '1', recorded: new Map(), eventsTo: [] });
        return misfit(service, operation, basePath);
      });
      expect(wrong).to.deep.equal([]);
    });
  }
});
