namespace ConferenceFunctions.Core.Recordings;

/// <summary>A recording that is to be downloaded.</summary>
/// <param name="Job">Which one.</param>
/// <param name="Url">Where it is.</param>
/// <param name="AnnouncedSize">Its size in bytes as announced; null where nobody said.</param>
/// <param name="AcceptsAnySize">Whether one of another size is taken, too: there will be no further attempt.</param>
/// <param name="Begun">How far an earlier attempt came.</param>
/// <param name="NoteAsync">Notes what a later attempt needs to go on from here.</param>
internal sealed record RecordingOrder(
    RecordingJob Job, Uri Url, long? AnnouncedSize, bool AcceptsAnySize, RecordingArchive Begun, Func<RecordingTransfer, Task> NoteAsync)
{
    /// <summary>The URL without what may be secret in it.</summary>
    public string Location { get; } = Url.GetLeftPart(UriPartial.Path);
}
