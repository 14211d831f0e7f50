namespace ConferenceFunctions.Core;

/// <summary>Lets so many through in each second of the clock: what strangers can cause must not fill logs or storage.</summary>
/// <param name="perSecond">How many.</param>
/// <param name="time">The clock.</param>
public sealed class RateLimit(int perSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _second;
    private int _taken;

    /// <summary>Whether there is still a turn in this second; takes it.</summary>
    public bool TakeTurn()
    {
        long second = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            _taken = second == _second ? _taken + 1 : 1;
            _second = second;
            return _taken <= perSecond;
        }
    }
}
