namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>Makes the recordings of conferences.</summary>
internal interface IRecorder
{
    /// <summary>Whether conferences are recorded even where their documents do not ask for it.</summary>
    bool RecordsAlways { get; }

    /// <summary>Whether it can record; asked when a conference is to be recorded.</summary>
    bool CanRecord();

    /// <summary>Makes the recording.</summary>
    /// <param name="recorded">How long was recorded, pauses left out.</param>
    /// <returns>The recording; null where that was too short for one.</returns>
    SimulatedRecording? Finish(TimeSpan recorded);
}
