using Azure;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Tests.Storage;

public class StorageFailureTests
{
    private static readonly int[] Permanent = [400, 405, 411, 413, 414, 415];

    [Fact]
    public void Of_all_that_storage_answers_only_the_fault_of_the_request_itself_does_not_pass()
    {
        int[] lasting = [.. Enumerable.Range(0, 600).Where(status => !StorageFailure.IsTransient(new RequestFailedException(status, "refused")))];

        Assert.Equal(Permanent, lasting);
    }

    [Fact]
    public void Several_tries_pass_where_each_of_them_does()
    {
        var passes = new RequestFailedException(503, "busy");
        var lasts = new RequestFailedException(413, "too large");

        Assert.True(StorageFailure.IsTransient(new AggregateException(passes, new IOException())));
        Assert.False(StorageFailure.IsTransient(new AggregateException(passes, lasts)));
    }

    [Fact]
    public void What_is_no_failure_of_storage_does_not_pass()
    {
        Assert.False(StorageFailure.IsTransient(new FormatException()));
        Assert.False(StorageFailure.IsTransient(new ArgumentException("one")));
    }
}
