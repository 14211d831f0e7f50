namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>Is told what happens in conferences.</summary>
internal interface IConferenceSink
{
    /// <summary>Something happened, whether or not anybody wants to be told.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="name">Its name.</param>
    /// <param name="e">What happened.</param>
    void Note(string conferenceId, string name, SimulatedEvent e);

    /// <summary>An event is to be posted.</summary>
    void Post(SimulatedCallback callback);

    /// <summary>A participant waits for the start; what is heard meanwhile is at the URL.</summary>
    /// <param name="call">The participant's call.</param>
    /// <param name="waitUrl">Where to fetch the document; null for SignalWire's own hold music.</param>
    void Wait(SimulatedCall call, string? waitUrl);

    /// <summary>The stay of a participant, or the attempt to join, is over.</summary>
    /// <param name="call">The participant's call.</param>
    /// <param name="result">One of <see cref="JoinResult"/>.</param>
    void Finish(SimulatedCall call, string result);
}
