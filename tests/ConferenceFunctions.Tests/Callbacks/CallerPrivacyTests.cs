using ConferenceFunctions.Core.Callbacks;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Tests.Callbacks;

public class CallerPrivacyTests
{
    [Theory]
    [InlineData("+15551234567", "********4567")]
    [InlineData("4567", "**67")]
    [InlineData("", "")]
    [InlineData("sip:alice@example.com", "sip:a***@example.com")]
    [InlineData("SIPS:alice@example.com:5061", "SIPS:a***@example.com:5061")]
    [InlineData("+15551234567@example.com", "+***@example.com")]
    [InlineData("sip:alice:secret@example.com", "sip:a***@example.com")]
    [InlineData("Alice +15551234567 <sip:alice@example.com>", "A***@example.com>")]
    [InlineData("alice@home@example.com", "a***@example.com")]
    [InlineData("sip:@example.com", "sip:@example.com")]
    public void Of_a_masked_address_four_digits_are_left_or_its_first_character_and_host(string address, string masked) =>
        Assert.Equal(masked, new CallerPrivacy(Options.Create(new PrivacyOptions { CallerNumbers = CallerNumbers.Masked })).Number(address));
}
