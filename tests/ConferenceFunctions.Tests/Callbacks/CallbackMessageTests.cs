using System.Text;
using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Tests.Callbacks;

public class CallbackMessageTests
{
    private static QueuedCallback Queued(byte[] body) =>
        new("0123456789abcdef0123456789abcdef", CallbackKind.Recording, new string('x', 64), new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), body) { Looks = 6 };

    public static TheoryData<string, byte[]> Bodies() => new()
    {
        { "quotes", Encoding.UTF8.GetBytes(new string('"', CallbackParser.MaxBytes)) },
        { "control characters", [.. Enumerable.Repeat((byte)1, CallbackParser.MaxBytes)] },
        { "no utf-8", [.. Enumerable.Repeat((byte)0xFF, CallbackParser.MaxBytes)] },
        { "angle brackets", Encoding.UTF8.GetBytes(new string('<', CallbackParser.MaxBytes)) },
        { "nothing", [] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void The_largest_callback_of_any_bytes_fits_into_a_message_and_comes_back_byte_for_byte(string what, byte[] body)
    {
        Assert.NotEmpty(what);
        QueuedCallback callback = Queued(body);
        BinaryData assembled = CallbackMessage.Assemble("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", 7, [CallbackMessage.Encode(callback)]);
        CallbackMessage message = CallbackMessage.Read(assembled);
        string text = assembled.ToString();

        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, CallbackMessage.MaxBytes);
        Assert.DoesNotContain(text, c => c is '<' or '>' or '&' || char.IsControl(c));
        Assert.Equal(("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", 7), (message.TraceParent, message.Attempt));
        QueuedCallback read = Assert.Single(message.Callbacks);
        Assert.Equal(body, read.Body.ToArray());
        Assert.Equal(callback with { Body = read.Body }, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("no json")]
    [InlineData("""{"v":2,"attempt":0,"callbacks":[]}""")]
    [InlineData("""{"v":1,"attempt":0,"callbacks":[{"id":"x","kind":"other","document":"room","at":"2026-01-01T00:00:00Z","body":""}]}""")]
    [InlineData("""{"v":1,"attempt":0,"callbacks":[{"id":"x","kind":"caller","document":"room","at":"yesterday","body":""}]}""")]
    [InlineData("""{"v":1,"attempt":0,"callbacks":[{"id":"x","kind":"caller","document":"room","at":"2026-01-01T00:00:00Z","body":"%%%"}]}""")]
    public void What_is_no_message_is_told_so(string text) => Assert.Throws<FormatException>(() => CallbackMessage.Read(Encoding.UTF8.GetBytes(text)));
}
