// Answers one call with two calls to the API: the second one needs something from the first one's answer.
private async Task<HttpResponseMessage> __METHOD__()
{
    var first = await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
    if (!first.IsSuccessStatusCode || first.Content == null)
    {
        return first;
    }

    JObject answer;
    try
    {
        answer = JObject.Parse(await first.Content.ReadAsStringAsync().ConfigureAwait(false));
    }
    catch (JsonException)
    {
        return first;
    }

    var id = answer["__PROPERTY__"]?.ToString();
    if (string.IsNullOrEmpty(id))
    {
        return first;
    }

    // The second request goes below the first one's address and carries the same headers, also those that sign in.
    var address = new UriBuilder(this.Context.Request.RequestUri);
    address.Path = address.Path.TrimEnd('/') + "/" + Uri.EscapeDataString(id);
    using (var request = new HttpRequestMessage(HttpMethod.Get, address.Uri))
    {
        foreach (var header in this.Context.Request.Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return await this.Context.SendAsync(request, this.CancellationToken).ConfigureAwait(false);
    }
}
