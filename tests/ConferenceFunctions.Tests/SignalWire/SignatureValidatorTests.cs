using System.Text;
using ConferenceFunctions.Core.SignalWire;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Tests.SignalWire;

public class SignatureValidatorTests
{
    private const string Key = "PSKtest1234567890abcdef";
    private const string Json = """{"event":"call.state","params":{"call_id":"abc-123","state":"answered"}}""";
    private const string JsonSha1 = "c3c08c1fefaf9ee198a100d5906765a6f394bf0f";
    private const string JsonSha256 = "2a29f8a92b11df39da80c3b185fd62173d49c294184da585ff951eae4433571c";
    private const string Form = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
    private const string FormPath = "/myapp.php?foo=1&bar=2";
    private const string FormSignature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    private const string HashedPath = "/webhook?bodySHA256=69f3cbfc18e386ef8236cb7008cd5a54b7fed637a8cb3373b5a1591d7f0fd5f4";
    private const string HashedSignature = "dfO9ek8mxyFtn2nMz24plPmPfIY=";
    private const string HashedBody = """{"event":"call.state"}""";

    private static SignatureValidator Validator(string? keys = Key, string baseUrl = "https://example.ngrok.io")
    {
        var auth = new AuthOptions { SigningKeys = keys };
        var urls = new PublicUrls(Options.Create(new PublicUrlOptions { PublicBaseUrl = baseUrl }), new CapabilityTokens(Options.Create(auth)));
        return new SignatureValidator(Options.Create(auth), urls);
    }

    private static SignalWireRequest Request(string path, string body) => new(path, Encoding.UTF8.GetBytes(body));

    [Fact]
    public void The_sha1_vector_is_valid() =>
        Assert.Equal(SignatureResult.Valid, Validator().Validate(Request("/webhook", Json) with { Signature = JsonSha1 }));

    [Fact]
    public void The_sha256_vector_is_valid() =>
        Assert.Equal(SignatureResult.Valid, Validator().Validate(Request("/webhook", Json) with { Sha256Signature = JsonSha256 }));

    [Fact]
    public void Both_together_are_valid() =>
        Assert.Equal(SignatureResult.Valid, Validator().Validate(Request("/webhook", Json) with { Signature = JsonSha1, Sha256Signature = JsonSha256 }));

    [Fact]
    public void The_form_vector_is_valid() => Assert.Equal(
        SignatureResult.Valid,
        Validator("12345", "https://mycompany.com").Validate(Request(FormPath, Form) with { Signature = FormSignature }));

    [Fact]
    public void The_form_vector_is_valid_in_the_alias_header() => Assert.Equal(
        SignatureResult.Valid,
        Validator("12345", "https://mycompany.com").Validate(Request(FormPath, Form) with { TwilioSignature = FormSignature }));

    [Fact]
    public void The_order_of_form_fields_does_not_matter() => Assert.Equal(
        SignatureResult.Valid,
        Validator("12345", "https://mycompany.com").Validate(
            Request(FormPath, string.Join('&', Form.Split('&').Reverse())) with { Signature = FormSignature }));

    [Fact]
    public void The_vector_with_the_bodys_hash_in_the_query_is_valid() => Assert.Equal(
        SignatureResult.Valid, Validator().Validate(Request(HashedPath, HashedBody) with { Signature = HashedSignature }));

    [Fact]
    public void A_body_that_is_not_the_one_hashed_in_the_query_is_told_apart() => Assert.Equal(
        SignatureResult.BodyMismatch, Validator().Validate(Request(HashedPath, HashedBody + " ") with { Signature = HashedSignature }));

    [Theory]
    [InlineData("https://example.ngrok.io:443", SignatureResult.Valid)]
    [InlineData("https://example.ngrok.io/", SignatureResult.Valid)]
    [InlineData("https://example.ngrok.io:8443", SignatureResult.Mismatch)]
    [InlineData("http://example.ngrok.io", SignatureResult.Mismatch)]
    public void A_slash_or_the_default_port_at_the_end_of_the_base_url_makes_no_difference(string baseUrl, SignatureResult expected) =>
        Assert.Equal(expected, Validator(baseUrl: baseUrl).Validate(Request("/webhook", Json) with { Signature = JsonSha1 }));

    [Fact]
    public void A_signature_over_the_url_with_the_default_port_is_valid()
    {
        byte[] signed = System.Security.Cryptography.HMACSHA1.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes("https://example.ngrok.io:443/webhook" + Json));

        Assert.Equal(SignatureResult.Valid, Validator().Validate(Request("/webhook", Json) with { Signature = Convert.ToHexStringLower(signed) }));
    }

    [Theory]
    [InlineData("https://Rooms.Example.com")]
    [InlineData("https://rooms.example.com")]
    [InlineData("https://rooms.example.com:443")]
    public void A_base_url_that_is_written_with_capitals_is_signed_either_way(string signedUrl)
    {
        byte[] signed = System.Security.Cryptography.HMACSHA1.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes($"{signedUrl}/webhook{Json}"));

        Assert.Equal(
            SignatureResult.Valid,
            Validator(baseUrl: "https://Rooms.Example.com").Validate(Request("/webhook", Json) with { Signature = Convert.ToHexStringLower(signed) }));
    }

    [Theory]
    [InlineData("PSKother," + Key)]
    [InlineData(Key + " , PSKother")]
    public void Any_of_several_keys_will_do(string keys) =>
        Assert.Equal(SignatureResult.Valid, Validator(keys).Validate(Request("/webhook", Json) with { Signature = JsonSha1 }));

    [Fact]
    public void Without_a_key_signatures_say_nothing() =>
        Assert.Equal(SignatureResult.NoKey, Validator(keys: null).Validate(Request("/webhook", Json) with { Signature = "nonsense" }));

    [Fact]
    public void A_request_without_a_signature_is_no_wrong_one() =>
        Assert.Equal(SignatureResult.Missing, Validator().Validate(Request("/webhook", Json)));

    public static TheoryData<string, SignalWireRequest> Tampered() => new()
    {
        { "another body", Request("/webhook", Json + " ") with { Signature = JsonSha1 } },
        { "another path", Request("/webhook2", Json) with { Signature = JsonSha1 } },
        { "another query", Request("/webhook?a=1", Json) with { Signature = JsonSha1 } },
        { "another digit", Request("/webhook", Json) with { Signature = "d" + JsonSha1[1..] } },
        { "cut", Request("/webhook", Json) with { Signature = JsonSha1[..^2] } },
        { "empty", Request("/webhook", Json) with { Signature = "" } },
        { "no hex", Request("/webhook", Json) with { Signature = new string('z', 40) } },
        { "no base64", Request("/webhook", Json) with { Signature = "%%%%" } },
        { "sha-256 in the header of sha-1", Request("/webhook", Json) with { Signature = JsonSha256 } },
        { "sha-1 in the header of sha-256", Request("/webhook", Json) with { Sha256Signature = JsonSha1 } },
        { "right sha-1, wrong sha-256", Request("/webhook", Json) with { Signature = JsonSha1, Sha256Signature = new string('0', 64) } },
        { "another body under sha-256 alone", Request("/webhook", Json + " ") with { Sha256Signature = JsonSha256 } },
        { "two values", Request("/webhook", Json) with { Signature = JsonSha1 + "," + JsonSha1 } },
        { "the form scheme with another hash in the query", Request(HashedPath.Replace("69f3", "69f4", StringComparison.Ordinal), HashedBody) with { Signature = HashedSignature } },
        { "the form scheme over a body that is no form", Request("/webhook", HashedBody) with { Signature = HashedSignature } },
    };

    [Theory]
    [MemberData(nameof(Tampered))]
    public void Whatever_is_tampered_with_is_a_mismatch(string what, SignalWireRequest request)
    {
        Assert.NotEmpty(what);
        Assert.Equal(SignatureResult.Mismatch, Validator().Validate(request));
    }

    public static TheoryData<string, SignalWireRequest> TamperedForms() => new()
    {
        { "another value", Request(FormPath, Form.Replace("1234&", "1235&", StringComparison.Ordinal)) with { Signature = FormSignature } },
        { "another name", Request(FormPath, Form.Replace("Digits", "Digit5", StringComparison.Ordinal)) with { Signature = FormSignature } },
        { "one field more", Request(FormPath, Form + "&Z=") with { Signature = FormSignature } },
        { "one field less", Request(FormPath, Form.Replace("&Digits=1234", "", StringComparison.Ordinal)) with { Signature = FormSignature } },
        { "no fields", Request(FormPath, "") with { Signature = FormSignature } },
        { "another query", Request("/myapp.php?foo=1&bar=3", Form) with { Signature = FormSignature } },
        { "another path", Request("/myapp?foo=1&bar=2", Form) with { Signature = FormSignature } },
        { "another signature", Request(FormPath, Form) with { Signature = "S" + FormSignature[1..] } },
        { "a cut signature", Request(FormPath, Form) with { Signature = FormSignature[4..] } },
        { "a wrong one in the alias header", Request(FormPath, Form) with { Signature = FormSignature, TwilioSignature = "S" + FormSignature[1..] } },
        { "in the header of sha-256", Request(FormPath, Form) with { Sha256Signature = FormSignature } },
    };

    [Theory]
    [MemberData(nameof(TamperedForms))]
    public void Whatever_is_tampered_with_in_a_form_is_a_mismatch(string what, SignalWireRequest request)
    {
        Assert.NotEmpty(what);
        Assert.Equal(SignatureResult.Mismatch, Validator("12345", "https://mycompany.com").Validate(request));
        Assert.Equal(SignatureResult.Mismatch, Validator("12346", "https://mycompany.com").Validate(request));
    }

    [Fact]
    public void A_form_that_is_signed_with_another_key_is_a_mismatch() => Assert.Equal(
        SignatureResult.Mismatch, Validator("12346", "https://mycompany.com").Validate(Request(FormPath, Form) with { Signature = FormSignature }));

    [Fact]
    public void Upper_case_hex_is_the_same_signature() =>
        Assert.Equal(SignatureResult.Valid, Validator().Validate(Request("/webhook", Json) with { Signature = JsonSha1.ToUpperInvariant() }));
}
