import { DOMParser, type Element } from '@xmldom/xmldom';
import { expect } from 'chai';

/**
 * What readers of JUnit XML take, as the strictest of them (the xUnit plugin of Jenkins, junit-10) writes it down: elements,
 * their attributes and what is inside. An attribute that isn't there is refused by it, and with it the whole file.
 */

interface Shape {
  required: readonly string[];
  optional: readonly string[];
  children: readonly string[];
  /** Text may be inside. */
  mixed?: boolean;
}

const reason: Shape = { required: [], optional: ['type', 'message'], children: [], mixed: true };
const output: Shape = { required: [], optional: [], children: [], mixed: true };

const shapes: Readonly<Record<string, Shape>> = {
  testsuites: { required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  properties: { required: [], optional: [], children: ['property'] },
  property: { required: ['name', 'value'], optional: [], children: [] },
  failure: reason,
  error: reason,
  skipped: reason,
  'system-out': output,
  'system-err': output,
};

const numbers = ['tests', 'failures', 'errors', 'skipped', 'time'];

/** @throws AssertionError for what isn't XML, has another shape, or counts that don't agree with what is there */
export function expectJunit(xml: string): void {
  const problems: string[] = [];
  const parser = new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') problems.push(message);
    },
  });
  const root = parser.parseFromString(xml, 'text/xml').documentElement;
  expect(problems).to.deep.equal([]);
  expect(root?.tagName).to.equal('testsuites');
  if (root !== null) check(root);
}

function check(element: Element): void {
  const { tagName } = element;
  const shape = shapes[tagName];
  if (shape === undefined) throw new Error(`there is no element ${tagName}`);
  const names = [...element.attributes].map(({ name }) => name);
  expect(names, tagName).to.include.members([...shape.required]);
  expect([...shape.required, ...shape.optional], tagName).to.include.members(names);
  for (const name of names.filter((one) => numbers.includes(one))) {
    expect(element.getAttribute(name), `${tagName} ${name}`).to.match(/^\d+(?:\.\d+)?$/);
  }
  const inner = [...element.childNodes];
  const children = inner.filter((node): node is Element => node.nodeType === 1);
  expect(shape.children, tagName).to.include.members([...new Set(children.map((child) => child.tagName))]);
  if (shape.mixed !== true) {
    const text = inner.filter(({ nodeType }) => nodeType === 3 || nodeType === 4).map(({ nodeValue }) => nodeValue);
    expect(text.join('').trim(), tagName).to.equal('');
  }
  if (tagName === 'testsuite' || tagName === 'testsuites') checkCounts(element);
  for (const child of children) check(child);
}

function checkCounts(element: Element): void {
  for (const [attribute, name] of [
    ['tests', 'testcase'],
    ['failures', 'failure'],
    ['errors', 'error'],
    ['skipped', 'skipped'],
  ] as const) {
    if (!element.hasAttribute(attribute)) continue;
    expect(element.getAttribute(attribute), attribute).to.equal(String(element.getElementsByTagName(name).length));
  }
}
