using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.SignalWire;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Tests.Recordings;

public class RetryScheduleTests
{
    [Fact]
    public void The_default_takes_most_of_a_day()
    {
        Assert.True(RetrySchedule.TryParse(new RecordingOptions().RetrySchedule, out RetrySchedule? schedule));
        TimeSpan total = Enumerable.Range(0, schedule.Count).Aggregate(TimeSpan.Zero, (sum, i) => sum + schedule.Delay(i, null));

        Assert.InRange(schedule.Delay(0, null), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(36));
        Assert.Equal(TimeSpan.FromHours(6), schedule.Delay(schedule.Count - 1, null));
        Assert.InRange(total, TimeSpan.FromHours(19), TimeSpan.FromHours(24));
    }

    [Fact]
    public void What_the_source_asks_for_counts_up_to_six_hours()
    {
        Assert.True(RetrySchedule.TryParse("00:00:30", out RetrySchedule? schedule));

        Assert.InRange(schedule.Delay(0, TimeSpan.FromMinutes(5)), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
        Assert.InRange(schedule.Delay(0, TimeSpan.FromSeconds(-5)), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(36));
        Assert.Equal(TimeSpan.FromHours(6), schedule.Delay(0, TimeSpan.FromDays(365)));
    }

    [Theory]
    [InlineData("", "*.signalwire.com", false, null)]
    [InlineData("00:00:30 06:00:00", "files.example.com *.signalwire.com", false, null)]
    [InlineData("00:00:30 soon", "*.signalwire.com", false, "Recordings__RetrySchedule")]
    [InlineData("07:00:00", "*.signalwire.com", false, "Recordings__RetrySchedule")]
    [InlineData("-00:00:01", "*.signalwire.com", false, "Recordings__RetrySchedule")]
    [InlineData("00:00:30", "Files.Example.com. bücher.example", false, null)]
    [InlineData("00:00:30", " ", false, "Recordings__AllowedHosts")]
    [InlineData("00:00:30", "xn--ß.example", false, "Recordings__AllowedHosts")]
    [InlineData("00:00:30", "*", false, "Recordings__AllowedHosts")]
    [InlineData("00:00:30", "https://files.example.com", false, "Recordings__AllowedHosts")]
    [InlineData("00:00:30", "10.0.0.1", false, "Recordings__AllowedHosts")]
    [InlineData("00:00:30", "files.example.com:8443", false, "Recordings__AllowedHosts")]
    [InlineData("00:00:30", "*.signalwire.com", true, "Recordings__DeleteAtSource")]
    public void Settings_that_would_fetch_nothing_or_from_anywhere_are_refused(string schedule, string hosts, bool delete, string? setting)
    {
        var options = new RecordingOptions { RetrySchedule = schedule, AllowedHosts = hosts, DeleteAtSource = delete };
        ValidateOptionsResult result = new RecordingOptionsValidator(Options.Create(new SignalWireOptions())).Validate(null, options);

        Assert.Equal(setting is null, result.Succeeded);
        Assert.Contains(setting ?? "", result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:00", false)]
    [InlineData("00:00:01", true)]
    [InlineData("00:18:00", true)]
    [InlineData("00:19:00", false)]
    [InlineData("1.00:00:00", false)]
    public void An_attempt_ends_before_the_host_ends_it(string fetchTimeout, bool isTaken)
    {
        var options = new RecordingOptions { FetchTimeout = TimeSpan.Parse(fetchTimeout, CultureInfo.InvariantCulture) };
        List<ValidationResult> faults = [];

        Assert.Equal(isTaken, Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true));
        Assert.All(faults, fault => Assert.Contains("'Recordings__FetchTimeout' takes a second to 18 minutes", fault.ErrorMessage, StringComparison.Ordinal));
    }
}
