// The platform sends a list as one query parameter with commas; the API wants the parameter once per item.
private async Task<HttpResponseMessage> __METHOD__()
{
    var lists = new[] { __LISTS__ };
    var address = new UriBuilder(this.Context.Request.RequestUri);
    var pairs = address.Query.TrimStart('?').Split(new[] { '&' }, StringSplitOptions.RemoveEmptyEntries);
    var repeated = pairs.SelectMany(pair =>
    {
        var at = pair.IndexOf('=');
        var name = at < 0 ? pair : pair.Substring(0, at);
        if (at < 0 || !lists.Contains(Uri.UnescapeDataString(name)))
        {
            return new[] { pair };
        }

        // a comma inside an item would be encoded twice, so every comma parts two items
        var items = Uri.UnescapeDataString(pair.Substring(at + 1).Replace("+", "%20")).Split(',');
        return items.Select(item => name + "=" + Uri.EscapeDataString(item)).ToArray();
    });
    address.Query = string.Join("&", repeated);
    this.Context.Request.RequestUri = address.Uri;
    return await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
}
