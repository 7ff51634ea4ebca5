// Code for the operations that scriptOperations in apiProperties.json names (with an empty list: for all of them).
// pp-connector adds what stands between its begin and end lines and leaves your changes there alone.
public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        return await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
    }
}
