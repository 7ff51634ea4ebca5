// Signs in with the OAuth 2.0 client credentials flow, then forwards the request with the access token.
//
// The policies in apiProperties.json put the token URL, the client ID, the client secret and the scope into private
// headers. They are removed before anything else happens, so they never reach the API. Every operation runs through
// this script: keep scriptOperations absent or empty in apiProperties.json.
public class Script : ScriptBase
{
    private const string TokenUrlHeader = "x-cc-token-url";
    private const string ClientIdHeader = "x-cc-client-id";
    private const string ClientSecretHeader = "x-cc-client-secret";
    private const string ScopeHeader = "x-cc-scope";

    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        var tokenUrl = TakeHeader(TokenUrlHeader);
        var clientId = TakeHeader(ClientIdHeader);
        var clientSecret = TakeHeader(ClientSecretHeader);
        var scope = TakeHeader(ScopeHeader);

        if (string.IsNullOrWhiteSpace(clientId) || string.IsNullOrWhiteSpace(clientSecret))
        {
            return Error(HttpStatusCode.Unauthorized, "MissingCredentials", "The connection has no client ID or no client secret.");
        }

        if (!Uri.TryCreate(tokenUrl, UriKind.Absolute, out var tokenUri) || !IsSafe(tokenUri))
        {
            return Error(HttpStatusCode.BadRequest, "InvalidTokenUrl", "The connector's token URL is missing or does not use https.");
        }

        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["client_secret"] = clientSecret,
        };
        if (!string.IsNullOrWhiteSpace(scope))
        {
            form["scope"] = scope;
        }

        string token;
        using (var tokenRequest = new HttpRequestMessage(HttpMethod.Post, tokenUri))
        {
            // FormUrlEncodedContent encodes each value: secrets may hold +, &, % and =
            tokenRequest.Content = new FormUrlEncodedContent(form);
            tokenRequest.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

            using (var tokenResponse = await this.Context.SendAsync(tokenRequest, this.CancellationToken).ConfigureAwait(false))
            {
                var body = tokenResponse.Content == null ? string.Empty : await tokenResponse.Content.ReadAsStringAsync().ConfigureAwait(false);
                if (!tokenResponse.IsSuccessStatusCode)
                {
                    var status = (int)tokenResponse.StatusCode;
                    return status >= 500
                        ? Error(HttpStatusCode.BadGateway, "TokenServerError", "The token server answered with status " + status + ".")
                        : Error(HttpStatusCode.Unauthorized, "TokenRefused", "The token server refused the client ID or the client secret (status " + status + ").");
                }

                token = ReadToken(body);
            }
        }

        if (string.IsNullOrEmpty(token))
        {
            return Error(HttpStatusCode.BadGateway, "InvalidTokenResponse", "The token server's answer holds no access token.");
        }

        this.Context.Request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
    }

    // Reads a private header and removes it from the request, whatever happens afterwards.
    private string TakeHeader(string name)
    {
        var headers = this.Context.Request.Headers;
        var value = headers.TryGetValues(name, out var values) ? string.Join(",", values) : string.Empty;
        headers.Remove(name);
        return value;
    }

    // Secrets travel over https only; a loopback address is for tests of this script.
    private static bool IsSafe(Uri uri)
    {
        return uri.Scheme == Uri.UriSchemeHttps || (uri.IsLoopback && uri.Scheme == Uri.UriSchemeHttp);
    }

    // The access token of a token response; null when the answer is no JSON or has none.
    private static string ReadToken(string body)
    {
        try
        {
            return (JToken.Parse(body) as JObject)?["access_token"]?.Value<string>();
        }
        catch (Exception exception) when (exception is JsonException || exception is InvalidCastException || exception is FormatException)
        {
            return null;
        }
    }

    // The token server's own words are not passed on: they may hold what the caller must not see.
    private static HttpResponseMessage Error(HttpStatusCode status, string code, string message)
    {
        var content = new JObject { ["error"] = new JObject { ["code"] = code, ["message"] = message } };
        return new HttpResponseMessage(status) { Content = CreateJsonContent(content.ToString()) };
    }
}
