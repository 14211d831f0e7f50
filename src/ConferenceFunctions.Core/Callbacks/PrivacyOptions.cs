using System.ComponentModel.DataAnnotations;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Settings <c>Privacy</c>: what is kept of who called.</summary>
public sealed class PrivacyOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Privacy";

    /// <summary>How much of callers' numbers is kept.</summary>
    [EnumDataType(typeof(CallerNumbers))]
    public CallerNumbers CallerNumbers { get; set; } = CallerNumbers.Full;
}
