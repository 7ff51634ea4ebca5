// Answers with a file as text in base64, where the API sends its bytes.
private async Task<HttpResponseMessage> __METHOD__()
{
    var response = await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
    if (!response.IsSuccessStatusCode || response.Content == null)
    {
        return response;
    }

    var bytes = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
    var answer = new JObject { ["__PROPERTY__"] = Convert.ToBase64String(bytes) };
    response.Content = CreateJsonContent(answer.ToString());
    return response;
}
