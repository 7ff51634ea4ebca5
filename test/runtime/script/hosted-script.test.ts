import { expect } from 'chai';
import { RunFailure } from '../../../src/runtime/run-failure.ts';
import { hostedScript } from '../../../src/runtime/script/hosted-script.ts';
import { hostForTests } from '../../support/dotnet.ts';
import { answering, type Case, keyParameter, policy, ready, run, stepsOf } from '../runs.ts';
import { bodies, withBody } from './scripts.ts';

describe('scripts in .NET', function () {
  this.timeout(60_000);
  const dotnet = hostForTests();
  const scripted = (code: string, wanted: Case = {}, timeout = 5000) =>
    run({ ...wanted, script: { run: hostedScript(dotnet.host(), code), timeout } });

  it('hand on what a policy put into a header', async () => {
    const api = answering({});
    await scripted(withBody(bodies.handsHeaderOn), {
      policies: [policy('setheader', { name: 'x-tenant', value: 'contoso', existsAction: 'override' })],
      send: api.send,
    });
    expect(api.asked[0]?.headers).to.include({ 'x-for': 'CONTOSO' }).and.not.to.have.property('x-tenant');
  });

  it('send several requests, and the same object twice', async () => {
    const api = answering({ n: 7 }, {}, { done: true });
    const { trace } = await scripted(withBody(bodies.threeRequests), { send: api.send });
    expect(api.asked.map(({ method, url, body }) => [method, url, body?.toString()])).to.deep.equal([
      ['GET', 'https://api.contoso.com/v1/orders', undefined],
      ['POST', 'https://api.contoso.com/v1/second', '{"n":7}'],
      ['GET', 'https://api.contoso.com/v1/third?of=7', undefined],
    ]);
    expect(trace.result).to.deep.equal({ status: 200, body: { done: true } });
    expect(stepsOf(trace.steps, 'send').map(({ by }) => by)).to.deep.equal(['script', 'script', 'script']);
  });

  it('are ended when they never end, and the next one runs all the same', async () => {
    for (const body of [bodies.neverEnds, bodies.waitsForEver]) {
      const { trace, exitStatus } = await scripted(withBody(body), { send: answering().send }, 700);
      expect(exitStatus).to.equal(1);
      expect(trace.error).to.equal('script.csx did not end within 0.7 seconds (--script-timeout)');
      const [step] = stepsOf(trace.steps, 'script');
      expect(step?.milliseconds).to.be.within(600, 5000);
      expect(step?.log).to.deep.equal(body === bodies.waitsForEver ? ['Warning: before the wait'] : []);
    }
    const { trace } = await scripted(withBody(bodies.forward), { send: answering({ ok: true }).send });
    expect(trace.result?.body).to.deep.equal({ ok: true });
  });

  it('say where they threw', async () => {
    const { trace } = await scripted(withBody(bodies.throws), { send: answering().send });
    expect(trace.error).to.match(/^script\.csx:6:9: NullReferenceException: /);
  });

  it('get the id of the operation in either form', async () => {
    for (const operationIdForm of ['plain', 'base64'] as const) {
      const { trace } = await run({
        send: answering().send,
        script: { run: hostedScript(dotnet.host(), withBody(bodies.decodesId)), operationIdForm },
      });
      expect(trace.result?.body).to.deep.equal({ id: 'Op' });
    }
  });

  it('see an exception where there is no answer, and may go on', async () => {
    const refusing = async (): Promise<never> => {
      throw new RunFailure('POST https://api.contoso.com: the connection was refused');
    };
    const catching = `        try { return await this.Context.SendAsync(this.Context.Request, this.CancellationToken); }
        catch (HttpRequestException e) { return new HttpResponseMessage(HttpStatusCode.BadGateway) { ReasonPhrase = "no", Content = new StringContent(e.Message) }; }`;
    const caught = await scripted(withBody(catching), { send: refusing });
    expect(caught.trace.result).to.deep.equal({
      status: 502,
      body: 'POST https://api.contoso.com: the connection was refused',
    });
    const { trace } = await scripted(withBody(bodies.forward), { send: refusing });
    expect(trace.error).to.match(/^script\.csx:5:\d+: HttpRequestException: POST https:.* was refused$/);
  });

  it('send nothing in a dry run, which ends with their first request', async () => {
    const step = await ready({ script: { run: hostedScript(dotnet.host(), withBody(bodies.threeRequests)) } });
    expect(step).to.include({ method: 'GET', url: 'https://api.contoso.com/v1/orders' });
  });

  it('have an address on the host of the connector, and one for notifications', async () => {
    const body = `        return new HttpResponseMessage { Content = CreateJsonContent(new JArray(
            this.Context.OriginalRequestUri.AbsoluteUri, this.Context.CreateNotificationUri("/hooks/1").AbsoluteUri,
            Guid.TryParse(this.Context.CorrelationId, out _).ToString()).ToString()) };`;
    const { trace } = await scripted(withBody(body), { send: answering().send, path: '/orders/open' });
    expect(trace.result?.body).to.deep.equal([
      'https://connector.invalid/orders/open',
      'https://connector.invalid/hooks/1',
      'True',
    ]);
  });

  it('show no secret that they log or throw', async () => {
    const body = `        var key = this.Context.Request.Headers.GetValues("x-key").First();
        this.Context.Logger.LogInformation("key {key}", key);
        Console.WriteLine("as bytes " + Convert.ToBase64String(Encoding.UTF8.GetBytes("key=" + key)));
        throw new Exception("not with " + key);`;
    const { trace } = await scripted(withBody(body), {
      definition: {
        securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
        security: [{ key: [] }],
      },
      properties: { connectionParameters: { api_key: keyParameter } },
      connection: { api_key: 'planted-secret-77' },
      send: answering().send,
    });
    expect(stepsOf(trace.steps, 'script')[0]?.log).to.deep.equal(['Information: key ‹api_key›', 'as bytes ‹api_key›']);
    expect(trace.error).to.equal('script.csx:8:9: Exception: not with ‹api_key›');
  });

  it('keep bytes, types and charsets of what is sent and answered', async () => {
    const bytes = Buffer.from([0, 255, 254, 13, 10]);
    const body = `        var request = new HttpRequestMessage(HttpMethod.Put, this.Context.Request.RequestUri);
        request.Content = new ByteArrayContent(new byte[] { 0, 255, 13, 10 });
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.TryAddWithoutValidation("x-ümlaut", "ignored");
        request.Headers.TryAddWithoutValidation("x-many", new[] { "a", "b" });
        return await this.Context.SendAsync(request, this.CancellationToken);`;
    const api = answering({ status: 200, headers: { 'content-type': 'image/png' }, body: bytes });
    const { trace } = await scripted(withBody(body), { send: api.send });
    expect(api.asked[0]?.body).to.deep.equal(Buffer.from([0, 255, 13, 10]));
    expect(api.asked[0]?.headers).to.deep.equal({ 'content-type': 'application/octet-stream', 'x-many': 'a, b' });
    expect(trace.result?.body).to.deep.equal({ base64: bytes.toString('base64') });
  });

  it('end the run when they end their process', async () => {
    for (const body of ['        Environment.Exit(3); return null;', '        return await Deep(1);']) {
      const more = '    private Task<HttpResponseMessage> Deep(int n) { return Deep(n + 1); }\n';
      const { trace } = await scripted(withBody(body, more), { send: answering().send });
      expect(trace.error).to.match(/^script\.csx: its process (?:ended with exit status|was ended by)/);
    }
  });

  it('are not run when they do not compile, or go past the connector', async () => {
    for (const [body, message] of [
      [
        'return this.Context.Requests;',
        /^the code can't be run: script\.csx:5:29: IScriptContext has no Requests; it has /,
      ],
      [
        'return await new HttpClient().GetAsync("https://a.b");',
        /: System\.Net\.Http\.HttpClient goes past the connector/,
      ],
    ] as const) {
      const error = await scripted(withBody(`        ${body}`), { send: answering().send }).then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      expect(error).to.include({ name: 'UserError', exitStatus: 2 });
      expect(error?.message).to.match(message);
    }
  });

  it('run side by side, each with what it was given', async () => {
    const body = `        await Task.Delay(20);
        return new HttpResponseMessage { Content = new StringContent(this.Context.Request.RequestUri.Query) };`;
    const script = { run: hostedScript(dotnet.host(), withBody(body)) };
    const operation = { parameters: [{ name: 'n', in: 'query', type: 'integer' }] };
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => run({ operation, inputs: { n }, send: answering().send, script })),
    );
    expect(results.map(({ trace }) => trace.result?.body)).to.deep.equal(results.map((_, n) => `?n=${n}`));
  });
});
