// Sends the request, then changes the answer.
private async Task<HttpResponseMessage> __METHOD__()
{
    var response = await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
    if (!response.IsSuccessStatusCode || response.Content == null)
    {
        return response;
    }

    var text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
    JToken answer;
    try
    {
        answer = JToken.Parse(text);
    }
    catch (JsonException)
    {
        // no JSON: handed on as it came
        return response;
    }

    // Change the answer here. This example puts a bare list into an object, so that fields can stand beside it.
    if (answer is JArray list)
    {
        answer = new JObject { ["items"] = list, ["count"] = list.Count };
    }

    response.Content = CreateJsonContent(answer.ToString());
    return response;
}
