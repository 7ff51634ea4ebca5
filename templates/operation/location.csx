// Says where the subscription ends: the platform sends DELETE to the address in the header Location.
private async Task<HttpResponseMessage> __METHOD__()
{
    var response = await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
    if (!response.IsSuccessStatusCode || response.Content == null)
    {
        return response;
    }

    string id;
    try
    {
        id = (JToken.Parse(await response.Content.ReadAsStringAsync().ConfigureAwait(false)) as JObject)?["__PROPERTY__"]?.ToString();
    }
    catch (JsonException)
    {
        id = null;
    }

    if (!string.IsNullOrEmpty(id))
    {
        var path = "__PATH__".Replace("{__VARIABLE__}", Uri.EscapeDataString(id));
        response.Headers.Location = new Uri(this.Context.Request.RequestUri, path);
        // the platform waits for 201
        response.StatusCode = HttpStatusCode.Created;
    }

    return response;
}
