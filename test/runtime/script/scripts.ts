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
