// The id of the operation that was called. In some regions it arrives in base64.
private string OperationName()
{
    var id = this.Context.OperationId ?? string.Empty;
    if (KnownOperations.Contains(id))
    {
        return id;
    }

    try
    {
        var decoded = Encoding.UTF8.GetString(Convert.FromBase64String(id));
        return KnownOperations.Contains(decoded) ? decoded : id;
    }
    catch (FormatException)
    {
        return id;
    }
}
