/// <summary>Shows what a script sees and how long it may take. Each operation of scriptOperations is one question.</summary>
public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        switch (PlainOperationId())
        {
            case "ScriptAnswer": return await ScriptAnswer().ConfigureAwait(false);
            case "ScriptTime": return await ScriptTime().ConfigureAwait(false);
            default: return ScriptFacts();
        }
    }

    /// <summary>In some regions the id is said to arrive as Base64, which is one of the questions.</summary>
    private string PlainOperationId()
    {
        var id = this.Context.OperationId;
        if (id.StartsWith("Script"))
        {
            return id;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(id));
        }
        catch (FormatException)
        {
            return id;
        }
    }

    /// <summary>Says what the API's answer had when it came, and marks its own.</summary>
    private async Task<HttpResponseMessage> ScriptAnswer()
    {
        var response = await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
        var body = JObject.Parse(await response.Content.ReadAsStringAsync().ConfigureAwait(false));
        body["seenByScript"] = First(response.Headers, "x-probe-order");
        response.Headers.Remove("x-probe-order");
        response.Headers.Add("x-probe-order", "script");
        response.Content = CreateJsonContent(body.ToString());
        return response;
    }

    /// <summary>Waits as long as it is asked to, without a request.</summary>
    private async Task<HttpResponseMessage> ScriptTime()
    {
        var found = this.Context.Request.RequestUri.Query.TrimStart('?').Split('&').FirstOrDefault(pair => pair.StartsWith("seconds="));
        var seconds = found == null ? 1 : int.Parse(found.Substring("seconds=".Length));
        await Task.Delay(TimeSpan.FromSeconds(seconds), this.CancellationToken).ConfigureAwait(false);
        return Answer(new JObject { ["waited"] = seconds });
    }

    /// <summary>What a script gets from the platform.</summary>
    private HttpResponseMessage ScriptFacts()
    {
        return Answer(new JObject
        {
            ["operationId"] = this.Context.OperationId,
            ["requestHost"] = this.Context.Request.RequestUri.Host,
            ["originalHost"] = this.Context.OriginalRequestUri.Host,
            ["policyHeader"] = First(this.Context.Request.Headers, "x-probe-request"),
        });
    }

    private static string First(HttpHeaders headers, string name)
    {
        IEnumerable<string> values;
        return headers.TryGetValues(name, out values) ? string.Join(",", values) : string.Empty;
    }

    private static HttpResponseMessage Answer(JObject body)
    {
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = CreateJsonContent(body.ToString()) };
    }
}
