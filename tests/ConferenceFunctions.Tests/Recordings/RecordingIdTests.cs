using ConferenceFunctions.Core.Recordings;

namespace ConferenceFunctions.Tests.Recordings;

public class RecordingIdTests
{
    private const string Project = "11111111-2222-3333-4444-555555555555";
    private const string Id = "0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69";

    [Theory]
    [InlineData($"https://space.signalwire.com/api/v1/recordings/{Id}/download")]
    [InlineData($"https://space.signalwire.com/api/v1/recordings/{Id}/download?token={Project}")]
    [InlineData($"https://files.signalwire.com/space/{Project}/recordings/{Id}.wav")]
    [InlineData($"https://space.signalwire.com/api/laml/2010-04-01/Accounts/{Project}/Recordings/{Id}")]
    [InlineData($"https://space.signalwire.com/api/laml/2010-04-01/Accounts/{Project}/Recordings/{Id}.mp3")]
    [InlineData($"https://files.signalwire.com/space/{Project}/{Id}.wav")]
    [InlineData($"https://files.signalwire.com/space/{Project}/audio/{Id}/download")]
    [InlineData($"https://space.signalwire.com/api/v1/recordings/{Project}/{Id}/")]
    [InlineData("https://space.signalwire.com/api/v1/recordings/0F1C8D6A-3C1E-4F5B-9A40-1F2D3C4B5A69")]
    public void Every_form_of_a_recordings_url_leads_to_its_id(string url) => Assert.Equal(Id, RecordingId.From(url));

    [Theory]
    [InlineData($"https://files.signalwire.com/space/{Project}/recordings/first.wav", $"https://files.signalwire.com/space/{Project}/recordings/second.wav")]
    [InlineData($"https://space.signalwire.com/Accounts/{Project}/Recordings/RE1", $"https://space.signalwire.com/Accounts/{Project}/Recordings/RE2")]
    [InlineData($"https://space.signalwire.com/{Id}/1.wav", $"https://space.signalwire.com/{Id}/2.wav")]
    [InlineData($"https://space.signalwire.com/recordings/{Id}-1.wav", $"https://space.signalwire.com/recordings/{Id}-2.wav")]
    [InlineData($"https://space.signalwire.com/my-recordings/{Id}/1", $"https://space.signalwire.com/my-recordings/{Id}/2")]
    public void A_uuid_that_two_recordings_have_in_common_is_the_id_of_neither(string one, string other)
    {
        Assert.Matches("^[0-9a-f]{32}$", RecordingId.From(one));
        Assert.NotEqual(RecordingId.From(one), RecordingId.From(other));
        Assert.Equal(RecordingId.From(one), RecordingId.From(one + "?signature=another"));
    }
}
