// The id of the operation that was called; in some regions it arrives in base64, so both readings are tried.
private IEnumerable<string> OperationNames()
{
    var id = this.Context.OperationId ?? string.Empty;
    yield return id;
    string decoded = null;
    try
    {
        decoded = Encoding.UTF8.GetString(Convert.FromBase64String(id));
    }
    catch (FormatException)
    {
        // not in base64
    }

    if (!string.IsNullOrEmpty(decoded))
    {
        yield return decoded;
    }
}
