using System.Text;
using ConferenceFunctions.Core.Conferences;
using Microsoft.AspNetCore.Http;

namespace ConferenceFunctions.Http;

/// <summary>Participants as CSV.</summary>
internal sealed class CsvAnswer(IReadOnlyList<Participant> participants) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "text/csv; charset=utf-8; header=present";
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"participants.csv\"";
        using var text = new StringWriter();
        ParticipantCsv.Write(text, participants);
        await httpContext.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), httpContext.RequestAborted);
    }
}
