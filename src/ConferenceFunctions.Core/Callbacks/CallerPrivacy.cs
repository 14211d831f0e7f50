using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Leaves of callers' numbers what the setting allows. Asked when they are kept and again when they are shown.</summary>
public sealed class CallerPrivacy(IOptions<PrivacyOptions> options)
{
    private const int KeptDigits = 4;

    private static readonly string[] Schemes = ["sip:", "sips:"];

    /// <summary>What may be kept of a number or address.</summary>
    public string? Number(string? number) => number is null ? null : options.Value.CallerNumbers switch
    {
        CallerNumbers.Full => number,
        CallerNumbers.Masked => Mask(number),
        _ => null,
    };

    private static string Mask(string number)
    {
        int at = number.LastIndexOf('@');
        if (at < 0)
        {
            int kept = Math.Min(KeptDigits, number.Length / 2);
            return new string('*', number.Length - kept) + number[^kept..];
        }

        // Only a scheme is kept besides: before any other colon there may be a number, or the user of a password.
        int user = Schemes.FirstOrDefault(scheme => number.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))?.Length ?? 0;
        return user < at ? $"{number[..(user + 1)]}***{number[at..]}" : number;
    }

    /// <summary>Who called, as far as it may be shown.</summary>
    public Caller Show(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller with { From = Number(caller.From), To = Number(caller.To) };
    }
}
