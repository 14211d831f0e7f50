using System.Text;
using ConferenceFunctions.Core.Recordings;

namespace ConferenceFunctions.Tests.Recordings;

public class AudioFormatTests
{
    [Theory]
    [InlineData("RIFF\u0001\u0002\u0003\u0004WAVEfmt ", "wav")]
    [InlineData("RF64\u0001\u0002\u0003\u0004WAVEfmt ", "wav")]
    [InlineData("ID3\u0004\0\0\0\0\0\0\0\0\0", "mp3")]
    [InlineData("\u00ff\u00fb\u0090d\0\0\0\0\0\0\0\0", "mp3")]
    [InlineData("\u00ff\u00f3\u0048d\0\0\0\0\0\0\0\0", "mp3")]
    [InlineData("\0\0\0 ftypM4A \0\0\0\0", "mp4")]
    [InlineData("OggS\0\u0002\0\0\0\0\0\0", "ogg")]
    [InlineData("RIFF\u0001\u0002\u0003\u0004AVI LIST", null)]
    [InlineData("RIFF\u0001\u0002", null)]
    [InlineData("<!DOCTYPE html>", null)]
    [InlineData("<?xml version=\"1.0\"?>", null)]
    [InlineData("{\"error\": \"not found\"}", null)]
    [InlineData("\u00ff\u00feh\0t\0m\0l\0>\0", null)]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", null)]
    [InlineData("", null)]
    public void Audio_is_known_by_its_first_bytes(string head, string? extension) =>
        Assert.Equal(extension, AudioFormat.Of(Encoding.Latin1.GetBytes(head))?.Extension);
}
