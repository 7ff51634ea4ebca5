/** Scripts in C# for tests. */

/** A script whose ExecuteAsync has this body. */
export const withBody = (body: string, more = ''): string => `public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
${body}
    }
${more}}
`;

const send = 'await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false)';

/** Bodies that tests run. */
export const bodies = {
  forward: `        return ${send};`,
  handsHeaderOn: `        var tenant = this.Context.Request.Headers.GetValues("x-tenant").First();
        this.Context.Request.Headers.Remove("x-tenant");
        this.Context.Request.Headers.Add("x-for", tenant.ToUpperInvariant());
        return ${send};`,
  threeRequests: `        var first = JObject.Parse(await (${send}).Content.ReadAsStringAsync());
        var second = new HttpRequestMessage(HttpMethod.Post, new Uri(this.Context.Request.RequestUri, "second"));
        second.Content = CreateJsonContent(first.ToString(Newtonsoft.Json.Formatting.None));
        await this.Context.SendAsync(second, this.CancellationToken);
        this.Context.Request.RequestUri = new Uri(this.Context.Request.RequestUri, "third?of=" + first["n"]);
        return ${send};`,
  neverEnds: `        await Task.Yield();
        while (true) { }`,
  waitsForEver: `        this.Context.Logger.LogWarning("before {what}", "the wait");
        await Task.Delay(Timeout.Infinite);
        return null;`,
  // the exception is on line 6
  throws: `        JToken none = JObject.Parse("{}")["nothing"];
        return new HttpResponseMessage { Content = CreateJsonContent(none.ToString()) };`,
  decodesId: `        var id = this.Context.OperationId;
        try { id = Encoding.UTF8.GetString(Convert.FromBase64String(id)); } catch (FormatException) { }
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = CreateJsonContent(new JObject { ["id"] = id }.ToString()) };`,
} as const;

/** A script with this statement, on line 5, before it sends its request on. */
export const broken = (statement: string): string => withBody(`        ${statement}\n${bodies.forward}`);

/** The definition of `connectorWithCode`. */
export const ofScripts = {
  swagger: '2.0',
  info: { title: 'Contoso Orders', version: '1.0', description: 'Reads the orders of Contoso.' },
  host: 'api.contoso.com',
  schemes: ['https'],
  paths: { '/orders': { get: { operationId: 'ListOrders', summary: 'List orders', responses: { 200: {} } } } },
};

/** The files of a connector with this code; undefined: without any. */
export const connectorWithCode = (folder: string, script?: string): Record<string, string> => ({
  [`${folder}/apiDefinition.swagger.json`]: JSON.stringify(ofScripts, null, 2),
  [`${folder}/apiProperties.json`]: JSON.stringify({
    properties: script === undefined ? {} : { scriptOperations: ['ListOrders'] },
  }),
  ...(script === undefined ? {} : { [`${folder}/script.csx`]: script }),
});
