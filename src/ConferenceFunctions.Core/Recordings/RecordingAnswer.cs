using System.Diagnostics.CodeAnalysis;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>What came of a request for a recording: bytes, or why there are none.</summary>
internal sealed class RecordingAnswer : IDisposable
{
    public RecordingAnswer(HttpResponseMessage response) => Response = response;

    public RecordingAnswer(RecordingFault fault) => Fault = fault;

    /// <summary>The answer with the recording, or a range of it: 200, 206 or 416.</summary>
    public HttpResponseMessage? Response { get; }

    /// <summary>Why there is none.</summary>
    public RecordingFault? Fault { get; }

    /// <summary>Whether there is an answer with bytes.</summary>
    [MemberNotNullWhen(true, nameof(Response))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Succeeded => Response is not null;

    /// <inheritdoc />
    public void Dispose() => Response?.Dispose();
}
