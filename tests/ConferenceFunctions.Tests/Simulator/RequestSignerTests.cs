using System.Text;
using ConferenceFunctions.Simulator.Callbacks;

namespace ConferenceFunctions.Tests.Simulator;

/// <summary>SignalWire's own vectors.</summary>
public class RequestSignerTests
{
    [Fact]
    public void JSON_is_signed_with_its_URL_by_both_hashes()
    {
        var request = CallbackRequest.PostJson(
            new Uri("https://example.ngrok.io/webhook"),
            """{"event":"call.state","params":{"call_id":"abc-123","state":"answered"}}"""u8.ToArray());

        Assert.Equal(
            [
                new("X-Signalwire-Signature", "c3c08c1fefaf9ee198a100d5906765a6f394bf0f"),
                new("X-Signalwire-SHA256-Signature", "2a29f8a92b11df39da80c3b185fd62173d49c294184da585ff951eae4433571c"),
            ],
            new RequestSigner("PSKtest1234567890abcdef").Sign(request));
    }

    [Fact]
    public void A_form_is_signed_by_its_names_in_order()
    {
        byte[] body = Encoding.ASCII.GetBytes("To=%2B18005551212&Digits=1234&CallSid=CA1234567890ABCDE&From=%2B14158675309&Caller=%2B14158675309");
        var request = new CallbackRequest(HttpMethod.Post, new Uri("https://mycompany.com/myapp.php?foo=1&bar=2"), CallbackRequest.Form, body, IsForm: true);

        Assert.Equal([new("X-Signalwire-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")], new RequestSigner("12345").Sign(request));
    }
}
