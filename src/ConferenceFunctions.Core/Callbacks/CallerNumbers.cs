namespace ConferenceFunctions.Core.Callbacks;

/// <summary>How much of callers' numbers is kept.</summary>
public enum CallerNumbers
{
    /// <summary>The whole number.</summary>
    Full,

    /// <summary>Its last four digits; of other addresses the first character and the host.</summary>
    Masked,

    /// <summary>Nothing.</summary>
    Off,
}
