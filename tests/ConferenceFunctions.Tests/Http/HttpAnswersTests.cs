using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConferenceFunctions.Tests.Http;

public sealed class HttpAnswersTests : IDisposable
{
    private readonly DefaultHttpContext _context = new();
    private readonly Lifetime _lifetime = new();

    public HttpAnswersTests()
    {
        _context.Response.Body = new MemoryStream();
        _context.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
    }

    public void Dispose() => _lifetime.Dispose();

    [Fact]
    public async Task A_function_that_its_host_stops_says_503_and_never_an_empty_200()
    {
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();

        await AnswerAsync(() => Task.FromCanceled<IResult>(stopping.Token));

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, _context.Response.StatusCode);
        Assert.NotEmpty(_context.Response.Headers.RetryAfter.ToString());
    }

    [Fact]
    public async Task Nobody_is_answered_where_nobody_is_left()
    {
        _lifetime.Abort();

        await AnswerAsync(() => throw new IOException("The connection is gone."));

        Assert.Equal(0, _context.Response.Body.Length);
    }

    [Fact]
    public async Task A_result_that_fails_before_it_began_is_a_problem_without_what_it_had_set()
    {
        await AnswerAsync(() => Task.FromResult<IResult>(new FailingResult(begins: false)));

        Assert.Equal(StatusCodes.Status500InternalServerError, _context.Response.StatusCode);
        Assert.Equal("application/problem+json", _context.Response.ContentType);
        Assert.False(_context.Response.Headers.ContainsKey("ETag"));
    }

    [Fact]
    public async Task A_result_that_fails_halfway_breaks_the_connection_so_that_half_does_not_pass_for_all()
    {
        _context.Features.Set<IHttpResponseFeature>(new BegunResponse());

        await AnswerAsync(() => Task.FromResult<IResult>(new FailingResult(begins: true)));

        Assert.True(_lifetime.RequestAborted.IsCancellationRequested);
    }

    private Task AnswerAsync(Func<Task<IResult>> answer) =>
        new HttpAnswers(NullLogger<HttpAnswers>.Instance).AnswerAsync(_context.Request, answer);

    private sealed class FailingResult(bool begins) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (!begins)
            {
                httpContext.Response.Headers.ETag = "\"1\"";
            }

            throw new InvalidOperationException("It can't be written.");
        }
    }

    private sealed class BegunResponse : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource _aborted = new();

        public CancellationToken RequestAborted
        {
            get => _aborted.Token;
            set => throw new NotSupportedException();
        }

        public void Abort() => _aborted.Cancel();

        public void Dispose() => _aborted.Dispose();
    }
}
