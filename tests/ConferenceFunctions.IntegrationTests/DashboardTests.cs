using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Simulator;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Spectre.Console;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>What people do with the dashboard.</summary>
public class DashboardTests(AzuriteFixture azurite, BrowserFixture browser)
{
    private const string Room = "aaaaaaaa-1111-4111-8111-111111111111";

    [Fact]
    public async Task A_conference_is_seen_live_ends_and_is_replayed_in_its_timeline()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await using DashboardPage page = await browser.OpenAsync(host, "/live", new() { AcceptDownloads = true, ViewportSize = new() { Width = 1280, Height = 800 } });
        await page.Page.GetByText("Nobody is in a conference").WaitForAsync();

        await StoreAsync(host);
        Task<SimulationResult> simulation = SimulateAsync(host);
        await page.Page.Locator(".card").GetByText("team", new() { Exact = true }).WaitForAsync();
        await page.Page.GetByText("4 people").First.WaitForAsync();
        SimulationResult result = await simulation;
        await page.Page.GetByText("Nobody is in a conference").WaitForAsync();
        await page.GoToAsync("/history");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "team", Exact = true }).ClickAsync();
        await page.Page.Locator(".track").First.WaitForAsync();

        Assert.Equal(SimulationResult.Right, result.ExitCode);
        Timeline timeline = (await host.GetAsync($"conferences/{result.ConferenceIds[0]}/timeline", ApiJson.Default.Timeline))!;
        await AssertLanesAsync(page.Page, timeline);
        await AssertPlaysAsync(page.Page);
        await page.PictureAsync("replay");
        await page.Page.Locator(".log .end").GetByText("That is all.").WaitForAsync();
        await AssertCsvAsync(page.Page, host, result.ConferenceIds[0]);
        page.AssertClean();
    }

    [Fact]
    public async Task A_lane_tells_the_keyboard_what_was_going_on()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        var showcase = new Showcase(host);
        await showcase.EndedAsync(Room, "Board meeting", 3, 60, 2);
        await showcase.TellAsync(Room, "Board meeting", "participant-mute", showcase.Second(3) + 600, Showcase.CallId(Room, 0));
        await showcase.TellAsync(Room, "Board meeting", "participant-unmute", showcase.Second(3) + 1200, Showcase.CallId(Room, 0));
        await TestHost.EventuallyAsync(() => host.EventsAsync(Room), events => events.Count == 6);
        await using DashboardPage page = await browser.OpenAsync(host, $"/conference/{Room}", new() { TimezoneId = "Asia/Tokyo" });
        ILocator[] lanes = [page.Page.GetByRole(AriaRole.Slider).Nth(0), page.Page.GetByRole(AriaRole.Slider).Nth(1)];

        await lanes[0].FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        Assert.EndsWith("in the room, muted", await lanes[0].GetAttributeAsync("aria-valuetext"), StringComparison.Ordinal);
        Assert.Equal("600", await lanes[0].GetAttributeAsync("aria-valuenow"));
        await page.PictureAsync("lane");
        Assert.Contains("Muted", await page.Page.Locator(".tip.shown").InnerTextAsync(), StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync("ArrowDown");
        Assert.EndsWith("in the room", await lanes[1].GetAttributeAsync("aria-valuetext"), StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync("End");
        Assert.Contains("conference ended", await page.Page.Locator(".tip.shown").InnerTextAsync(), StringComparison.Ordinal);

        Conference conference = (await host.GetAsync($"conferences/{Room}", ApiJson.Default.Conference))!;
        ILocator started = page.Page.Locator(".facts time").First;
        Assert.Equal(conference.StartedAt!.Value.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture), await started.GetAttributeAsync("title"));
        Assert.Contains(conference.StartedAt!.Value.ToOffset(TimeSpan.FromHours(9)).ToString("HH:mm", CultureInfo.InvariantCulture), await started.InnerTextAsync(), StringComparison.Ordinal);
        page.AssertClean();
    }

    [Fact]
    public async Task A_refresh_changes_what_changed_and_leaves_the_rest_alone()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        var showcase = new Showcase(host);
        await showcase.LiveAsync(Room, "Planning", 5, "moderator", "participant");
        await using DashboardPage page = await browser.OpenAsync(host, "/live");
        await page.Page.Locator(".people li").Nth(1).WaitForAsync();
        await page.Page.EvaluateAsync("() => { for (const node of document.querySelectorAll('main *')) node.seen = true; }");

        await showcase.TellAsync(Room, "Planning", "participant-mute", showcase.Second(0), Showcase.CallId(Room, 1));
        await showcase.TellAsync(Room, "Planning", "participant-join", showcase.Second(0), Showcase.CallId(Room, 2), new() { ["size"] = 3 });
        await page.Page.Locator(".people li.muted").WaitForAsync();
        await page.Page.Locator(".people li").Nth(2).WaitForAsync();

        Assert.Equal(
            ["true", "true", "undefined"],
            await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.people li')].map(node => String(node.seen))"));
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.querySelector('.card h2 a').seen"));
        page.AssertClean();
    }

    [Fact]
    public async Task Old_data_is_marked_stale_while_the_app_is_away_and_fresh_when_it_is_back()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await new Showcase(host).LiveAsync(Room, "Planning", 5, "moderator");
        await using DashboardPage page = await browser.OpenAsync(host, "/live");
        await page.Page.GetByText("Up to date").WaitForAsync();
        int asked = 0;
        await page.Page.RouteAsync("**/api/conferences**", route =>
        {
            Interlocked.Increment(ref asked);
            return route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"detail":"Storage does not answer at the moment."}""" });
        });

        await page.Page.GetByText("Stale since").WaitForAsync();
        await TestHost.EventuallyAsync(() => Task.FromResult(Volatile.Read(ref asked)), times => times >= 2);
        Assert.Equal("Planning", await page.Page.Locator(".card h2").InnerTextAsync());
        string age = await page.Page.Locator(".card .big").InnerTextAsync();
        await Task.Delay(1200, TestContext.Current.CancellationToken);
        Assert.Equal(age, await page.Page.Locator(".card .big").InnerTextAsync());

        await page.Page.UnrouteAsync("**/api/conferences**");
        await page.Page.GetByText("Up to date").WaitForAsync();
    }

    [Fact]
    public async Task An_app_that_never_answers_is_not_waited_for()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await new Showcase(host).LiveAsync(Room, "Planning", 5, "moderator");
        await using DashboardPage page = await browser.OpenAsync(host, "/live");
        await page.Page.GetByText("Up to date").WaitForAsync();

        await page.Page.RouteAsync("**/api/conferences**", _ => Task.CompletedTask);
        await page.Page.GetByText("Stale since").WaitForAsync();

        Assert.Equal("Planning", await page.Page.Locator(".card h2").InnerTextAsync());
        await page.Page.UnrouteAsync("**/api/conferences**");
        await page.Page.GetByText("Up to date").WaitForAsync();
    }

    [Theory]
    [InlineData(200, "text/html", "<h1>Sign in</h1>", "this page can not read it")]
    [InlineData(200, "application/json", "", "this page can not read it")]
    [InlineData(200, "application/json", "null", "this page can not read it")]
    [InlineData(200, "application/json", "{}", "this page can not read it")]
    [InlineData(400, "application/json", "null", "The app answered 400.")]
    [InlineData(500, "text/html", "<h1>Oh</h1>", "The app answered 500.")]
    public async Task What_is_no_data_is_told_in_plain_words_and_got_over(int status, string type, string body, string told)
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await using DashboardPage page = await browser.OpenAsync(host, "/documents");
        await page.ShownAsync();
        foreach (string address in new[] { "/live", "/history", $"/conference/{Room}" })
        {
            await page.Page.RouteAsync("**/api/conferences**", route => route.FulfillAsync(new() { Status = status, ContentType = type, Body = body }));

            await page.GoToAsync(address);
            await page.Page.GetByRole(AriaRole.Alert).GetByText(told).WaitForAsync();
            await page.Page.UnrouteAsync("**/api/conferences**");
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
            await page.Page.GetByText(told).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }
    }

    [Fact]
    public async Task A_conference_whose_beginning_nobody_knows_is_shown_all_the_same()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await using DashboardPage page = await browser.OpenAsync(host, "/documents");
        await page.ShownAsync();
        await page.Page.RouteAsync("**/api/conferences?**", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = $$"""{"items":[{"conference_id":"{{Room}}","name":"Planning","status":"in-progress","live":{{(route.Request.Url.Contains("live=true", StringComparison.Ordinal) ? "true" : "false")}}}]}""",
        }));

        await page.GoToAsync("/history");
        await Assertions.Expect(page.Page.Locator(".rows .name")).ToHaveTextAsync(["Planning"]);
        await page.Page.GetByText("On a day that is not known").WaitForAsync();
        await page.GoToAsync("/live");
        await Assertions.Expect(page.Page.Locator(".card .big")).ToHaveTextAsync(["–"]);

        Assert.DoesNotContain(page.Errors, IsOfTheScript);
    }

    [Theory]
    [InlineData("/conference/%E0%A4%A")]
    [InlineData("/documents/%")]
    [InlineData("/history?from=yesterday")]
    [InlineData("/history?cursor=%")]
    [InlineData("/operations?queue=nonsense&reason=%ZZ")]
    [InlineData("/live/%%%?zoom=-1")]
    public async Task An_address_that_somebody_cut_or_wrote_by_hand_breaks_nothing(string address)
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await using DashboardPage page = await browser.OpenAsync(host, address);

        await page.ShownAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Live", Exact = true }).ClickAsync();

        await page.Page.GetByText("Nobody is in a conference").WaitForAsync();
        Assert.DoesNotContain(page.Errors, IsOfTheScript);
    }

    [Fact]
    public async Task What_comes_after_the_end_shows_by_itself()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        var showcase = new Showcase(host);
        await showcase.LiveAsync(Room, "Planning", 5, "moderator");
        await using DashboardPage page = await browser.OpenAsync(host, $"/conference/{Room}");
        await page.Page.Locator(".badge.live").WaitForAsync();

        await showcase.TellAsync(Room, "Planning", "conference-end", showcase.Second(0), Showcase.CallId(Room, 0));
        await page.Page.GetByText("Ended", new() { Exact = true }).First.WaitForAsync();
        Assert.Equal(0, await page.Page.Locator(".recording").CountAsync());
        // Of a host that no recording may come from: it is refused, and nobody is asked for it.
        await showcase.TellAsync(Room, "Planning", "record-stop", showcase.Second(0), more: new() { ["recording_url"] = "https://example.org/11111111-2222-4333-8444-555555555555.wav" });

        await page.Page.Locator(".recording").WaitForAsync();
        page.AssertClean();
    }

    [Fact]
    public async Task A_key_that_no_header_can_carry_is_told_of_and_asked_for_again()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, new() { ["LocalHost:ApiKey"] = "secret" });
        await using DashboardPage page = await browser.OpenAsync(host, "/live");
        ILocator key = page.Page.GetByLabel("Key", new() { Exact = true });

        await key.FillAsync("sécret …");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByText("That is no function key").WaitForAsync();
        AxeResult dialog = await page.Page.RunAxe();
        Assert.Empty(dialog.Violations);
        await key.FillAsync(" secret ");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.Page.GetByText("Nobody is in a conference").WaitForAsync();
    }

    [Fact]
    public async Task A_filter_shows_what_its_address_says()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await using DashboardPage page = await browser.OpenAsync(host, "/operations?reason=poison");
        ILocator reason = page.Page.GetByLabel("Reason");
        await page.ShownAsync();

        Assert.Equal("poison", await reason.InputValueAsync());
        await page.Page.GetByLabel("Queue").SelectOptionAsync("recordings");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await Assertions.Expect(reason).ToHaveValueAsync("");
        await Assertions.Expect(page.Page.GetByLabel("Queue")).ToHaveValueAsync("");
        await page.GoToAsync("/operations?reason=unreadable");
        await Assertions.Expect(reason).ToHaveValueAsync("unreadable");
        page.AssertClean();
    }

    [Fact]
    public async Task A_text_that_somebody_else_overtook_is_kept_until_its_author_decides()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await StoreAsync(host);
        await using DashboardPage page = await browser.OpenAsync(host, "/documents/team");
        ILocator text = page.Page.GetByLabel("Text of team");
        await text.FillAsync(Text("mine"));
        await StoreAsync(host, Text("theirs"));

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.Page.Locator(".theirs pre").GetByText("name: theirs").WaitForAsync();
        Assert.Equal(Text("mine"), await text.InputValueAsync());
        await page.GoToAsync("/documents");
        await page.GoToAsync("/documents/team");
        Assert.Equal(Text("mine"), await text.InputValueAsync());
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save mine over it" }).ClickAsync();
        await page.Page.GetByText("Saved. Callers get it").WaitForAsync();
        Assert.Equal(Text("mine"), (await host.GetAsync("documents/team", ApiJson.Default.DocumentDetails))!.Text);

        await text.FillAsync(Text("mine-again"));
        await StoreAsync(host, Text("theirs-again"));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Take theirs" }).ClickAsync();
        await Assertions.Expect(text).ToHaveValueAsync(Text("theirs-again"));
        Assert.Equal(0, await page.Page.Locator(".theirs").CountAsync());
    }

    [Fact]
    public async Task What_is_written_while_a_document_is_saved_is_not_taken_for_saved()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await StoreAsync(host);
        await using DashboardPage page = await browser.OpenAsync(host, "/documents/team");
        ILocator text = page.Page.GetByLabel("Text of team");
        ILocator save = page.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true });
        await page.Page.RouteAsync("**/api/documents/team", async route =>
        {
            if (route.Request.Method == "PUT")
            {
                await text.FillAsync(Text("second"));
            }

            await route.ContinueAsync();
        });

        await text.FillAsync(Text("first"));
        await save.ClickAsync();
        await page.Page.GetByText("Saved. Callers get it").WaitForAsync();

        Assert.Equal(Text("first"), (await host.GetAsync("documents/team", ApiJson.Default.DocumentDetails))!.Text);
        Assert.Equal(Text("second"), await text.InputValueAsync());
        Assert.True(await save.IsEnabledAsync());
    }

    [Fact]
    public async Task A_recording_plays_though_the_link_to_it_has_expired()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await new Showcase(host).EndedAsync(Room, "Planning", 3, 60, 1);
        await new Showcase(host).AppliedAsync(1);
        await using DashboardPage page = await browser.OpenAsync(host, "/documents");
        string audio = $"{host.Storage.Blobs.Uri.AbsoluteUri}/recordings/{Room}/one.wav";
        int links = 0;
        await page.Page.RouteAsync($"**/api/conferences/{Room}/recordings", route => route.FulfillAsync(Json("""{"items":[{"recording_id":"one","status":"archived","size":80044,"recording_duration":10}]}""")));
        await page.Page.RouteAsync("**/recordings/one/audio", route => route.FulfillAsync(Json($$"""{"url":"{{audio}}?link={{Interlocked.Increment(ref links)}}"}""")));
        await page.Page.RouteAsync($"{audio}?link=*", route => route.FulfillAsync(
            route.Request.Url.EndsWith("link=1", StringComparison.Ordinal) ? new() { Status = 403 } : new() { ContentType = "audio/wav", BodyBytes = Silence(seconds: 10) }));

        await page.GoToAsync($"/conference/{Room}");
        await page.Page.Locator(".player").GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();

        await page.Page.WaitForFunctionAsync("() => document.querySelector('audio').currentTime > 0.2");
        Assert.Equal(2, links);
        Assert.Equal("", await page.Page.Locator("#notice").InnerTextAsync());
    }

    [Fact]
    public async Task The_function_key_is_asked_for_once_and_never_in_an_address()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, new() { ["LocalHost:ApiKey"] = "a secret/key" });
        await new Showcase(host).LiveAsync(Room, "Planning", 5, "moderator");
        await using DashboardPage page = await browser.OpenAsync(host, $"/conference/{Room}");

        await page.PictureAsync("key");
        await page.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("wrong");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByText("The app refused that key.").WaitForAsync();
        await page.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("a secret/key");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.ShownAsync();
        await page.Page.ReloadAsync();
        await page.ShownAsync();
        await page.GoToAsync("/documents");

        Assert.Equal(0, await page.Page.GetByRole(AriaRole.Dialog).CountAsync());
        Assert.DoesNotContain(page.Requests, url => Uri.UnescapeDataString(url).Contains("secret", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_it_says_so_and_asks_again_when_told_to()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, new() { ["LocalHost:ApiKey"] = "secret" });
        await using DashboardPage page = await browser.OpenAsync(host, "/live");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Enter the key" }).ClickAsync();
        await page.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("secret");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.Page.GetByText("Nobody is in a conference").WaitForAsync();
    }

    [Fact]
    public async Task Names_are_text_whatever_they_are()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\u202Eevil\"'`${1}";
        await using TestHost host = await TestHost.StartAsync(azurite);
        await new Showcase(host).LiveAsync(Room, Hostile, 5, "moderator");
        await new Showcase(host).EndedAsync("bbbbbbbb-2222-4222-8222-222222222222", Hostile, 3, 60, 1);
        await new Showcase(host).AppliedAsync(2);
        await using DashboardPage page = await browser.OpenAsync(host, "/live");

        await page.Page.Locator(".card").WaitForAsync();
        Assert.Equal(Hostile, await page.Page.Locator(".card h2").TextContentAsync());
        await page.GoToAsync("/history");
        Assert.Equal(Hostile, await page.Page.Locator(".rows .name").TextContentAsync());
        await page.GoToAsync($"/conference/{Room}");
        await page.Page.Locator(".track").WaitForAsync();
        Assert.Equal(Hostile, await page.Page.Locator("h1").TextContentAsync());
        Assert.Equal(0, await page.Page.Locator("img").CountAsync());
        page.AssertClean();
    }

    [Fact]
    public async Task History_is_searched_and_paged_by_its_address()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        var showcase = new Showcase(host);
        await showcase.EndedAsync(Room, "Board meeting", 3, 60, 1);
        await showcase.EndedAsync("bbbbbbbb-2222-4222-8222-222222222222", "Interview", 50, 60, 1);
        await showcase.AppliedAsync(2);
        await using DashboardPage page = await browser.OpenAsync(host, "/history");
        await page.Page.Locator(".rows li").Nth(1).WaitForAsync();

        await page.Page.GetByLabel("Name begins with").FillAsync("Board");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(".rows .name")).ToHaveTextAsync(["Board meeting"]);
        Assert.Contains("name=Board", page.Page.Url, StringComparison.Ordinal);

        string day = TimeProvider.System.GetUtcNow().AddHours(-50).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await page.GoToAsync($"/history?from={day}&to={day}");
        await Assertions.Expect(page.Page.Locator(".rows .name")).ToHaveTextAsync(["Interview"]);
        Assert.Equal(day, await page.Page.GetByLabel("From").InputValueAsync());
        page.AssertClean();
    }

    [Fact]
    public async Task A_document_is_edited_and_its_fault_shows_at_its_line()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await using DashboardPage page = await browser.OpenAsync(host, "/documents", new() { ViewportSize = new() { Width = 1280, Height = 800 }, ReducedMotion = ReducedMotion.Reduce });
        await page.Page.GetByLabel("Name of any conference").FillAsync("team");
        await page.Page.Keyboard.PressAsync("Enter");
        ILocator text = page.Page.GetByLabel("Text of team");
        await text.FillAsync("version: 1.0.0\nsections:\n  main:\n    - join_conference:\n        name: team\n        max_participants: 1\n");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.Locator(".fault.bad").WaitForAsync();
        await page.PictureAsync("fault");
        Assert.Equal("6", await page.Page.Locator(".gutter .bad").InnerTextAsync());
        Assert.Equal("6", await page.Page.Locator(".fault.bad").EvaluateAsync<string>("node => String(Math.round((node.offsetTop - node.parentNode.firstChild.offsetTop) / 24 + 6))"));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Line 6" }).ClickAsync();
        Assert.Equal(5, await text.EvaluateAsync<int>("node => node.value.slice(0, node.selectionStart).split('\\n').length - 1"));
        await text.FillAsync("version: 1.0.0\nsections:\n  main:\n    - join_conference:\n        name: team\n        max_participants: 2\n");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.GetByText("Stored", new() { Exact = true }).WaitForAsync();

        Assert.Equal(0, await page.Page.Locator(".fault").CountAsync());
        Assert.Contains("max_participants: 2", (await host.GetAsync("documents/team", ApiJson.Default.DocumentDetails))!.Text, StringComparison.Ordinal);
        string moderator = (await host.GetAsync("documents/team?role=moderator", ApiJson.Default.DocumentDetails))!.SwmlUrl;
        Assert.Contains(moderator, await page.Page.Locator(".urls code").AllInnerTextsAsync());
    }

    [Fact]
    public async Task A_dead_letter_is_replayed_and_another_one_discarded()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        DeadLetterStore letters = host.Services.GetRequiredService<DeadLetterStore>();
        string callback = Callback.Json(Room, "conference-start", 60);
        await letters.AddAsync(Letter(callback, DeadLetterReason.NotApplicable), TestContext.Current.CancellationToken);
        await letters.AddAsync(Letter("{}", DeadLetterReason.Unreadable), TestContext.Current.CancellationToken);
        await using DashboardPage page = await browser.OpenAsync(host, "/operations?reason=not-applicable");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Replay", Exact = true }).ClickAsync();
        await page.Page.GetByText("Replayed.").WaitForAsync();
        await page.Page.GetByText("None of that kind.").WaitForAsync();
        Assert.NotNull(await TestHost.EventuallyAsync(() => host.GetAsync($"conferences/{Room}", ApiJson.Default.Conference), conference => conference is not null));

        await page.GoToAsync("/operations");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Discard…" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Discard", Exact = true }).ClickAsync();
        await page.Page.GetByText("Discarded.").WaitForAsync();
        await page.Page.GetByText("Nothing waits here").WaitForAsync();
        page.AssertClean();
    }

    [Fact]
    public async Task A_conference_is_erased_after_a_confirmation()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        var showcase = new Showcase(host);
        await showcase.EndedAsync(Room, "Board meeting", 3, 60, 2);
        await showcase.AppliedAsync(1);
        await using DashboardPage page = await browser.OpenAsync(host, $"/conference/{Room}");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Erase…" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        Assert.NotNull(await host.GetAsync($"conferences/{Room}", ApiJson.Default.Conference));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Erase…" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Erase for good" }).ClickAsync();

        await page.Page.GetByText("No conferences").WaitForAsync();
        Assert.Null(await host.GetAsync($"conferences/{Room}", ApiJson.Default.Conference));
    }

    [Fact]
    public async Task Fifty_participants_and_four_hours_are_drawn_at_once()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await using DashboardPage page = await browser.OpenAsync(host, "/documents");
        var large = new LargeConference(participants: 50, duration: TimeSpan.FromHours(4), speakingIntervals: 300);
        await page.Page.RouteAsync($"**/api/conferences/{LargeConference.Id}**", route => route.FulfillAsync(large.Answer(route.Request.Url)));
        await page.ShownAsync();

        double milliseconds = await page.Page.EvaluateAsync<double>(
            """
            async address => {
              const frame = () => new Promise(requestAnimationFrame);
              const begin = performance.now();
              location.hash = address;
              while (document.querySelectorAll('.track').length === 0) await frame();
              await frame();
              return performance.now() - begin;
            }
            """,
            $"/conference/{LargeConference.Id}");

        TestContext.Current.TestOutputHelper?.WriteLine($"From the click to the picture: {milliseconds:F0} ms");
        Assert.Equal(50, await page.Page.Locator(".track").CountAsync());
        Assert.Equal(
            50 * 300,
            await page.Page.Locator(".track .mark.speaking").EvaluateAllAsync<int>("nodes => nodes.reduce((sum, node) => sum + node.getAttribute('d').split('Z').length - 1, 0)"));
        page.AssertClean();
    }

    private static NewDeadLetter Letter(string callback, string reason) =>
        new(StorageNames.CallbackQueue, reason, DeadLetterContent.ConferenceCallback, Encoding.UTF8.GetBytes(callback)) { Document = "room", Error = "It was told to fail." };

    // What the browser itself notes about an answer that is an error is no fault of the page.
    private static bool IsOfTheScript(string error) => !error.StartsWith("error: Failed to load resource", StringComparison.Ordinal);

    private static RouteFulfillOptions Json(string body) => new() { ContentType = "application/json", Body = body };

    /// <summary>A WAV file of 8 kHz and 8 bits.</summary>
    private static byte[] Silence(int seconds)
    {
        byte[] file = [.. Enumerable.Repeat((byte)0x80, 44 + (8000 * seconds))];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        (int Offset, short Value)[] halves = [(20, 1), (22, 1), (32, 1), (34, 8)];
        (int Offset, int Value)[] wholes = [(16, 16), (24, 8000), (28, 8000), (40, file.Length - 44)];
        Array.ForEach(halves, half => BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(half.Offset), half.Value));
        Array.ForEach(wholes, whole => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(whole.Offset), whole.Value));
        "data"u8.CopyTo(file.AsSpan(36));
        return file;
    }

    private static string Text(string conference) => $"version: 1.0.0\nsections:\n  main:\n    - join_conference:\n        name: {conference}\n";

    private static Task StoreAsync(TestHost host) => StoreAsync(
        host,
        """
        version: 1.0.0
        sections:
          main:
            - join_conference:
                name: team
                record: record-from-start
                status_callback_event: start end join leave mute hold modify speaker
        """);

    private static async Task StoreAsync(TestHost host, string text)
    {
        using var document = new StringContent(text);
        (await host.Client.PutAsync(new Uri("documents/team", UriKind.Relative), document, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    private static async Task<SimulationResult> SimulateAsync(TestHost host) => await Simulator.Simulator.RunAsync(
        new SimulationOptions
        {
            Urls = [host.Urls.Swml("team", "role=moderator"), host.Urls.Swml("team", "role=participant")],
            Participants = 4,
            Seconds = 300,
            Speed = 30,
        },
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }),
        TimeProvider.System,
        TestContext.Current.CancellationToken);

    /// <summary>That each lane has as many marks of each kind as the timeline has intervals.</summary>
    private static async Task AssertLanesAsync(IPage page, Timeline timeline)
    {
        Assert.NotEmpty(timeline.Participants);
        Assert.Equal(timeline.Participants.Count, await page.Locator(".track").CountAsync());
        for (int i = 0; i < timeline.Participants.Count; i++)
        {
            ParticipantTimeline lanes = timeline.Participants[i];
            ILocator track = page.Locator(".track").Nth(i);
            Assert.StartsWith(lanes.Caller!.From!, await track.GetAttributeAsync("aria-label"), StringComparison.Ordinal);
            (string Kind, TimelineLane Lane)[] kinds =
                [("present", lanes.Present), ("speaking", lanes.Speaking), ("muted", lanes.Muted), ("held", lanes.Held), ("coaching", lanes.Coaching)];
            foreach ((string kind, TimelineLane lane) in kinds)
            {
                string drawn = string.Concat(await track.Locator($".mark.{kind}").EvaluateAllAsync<string[]>("nodes => nodes.map(node => node.getAttribute('d'))"));
                Assert.Equal(lane.Intervals.Count, drawn.Count(c => c == 'Z'));
            }
        }
    }

    /// <summary>That the recording is heard: it plays for some seconds, says how long it is, and goes where it is told to.</summary>
    private static async Task AssertPlaysAsync(IPage page)
    {
        await page.Locator(".player").GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('audio').currentTime > 1");
        double duration = await page.EvaluateAsync<double>("() => document.querySelector('audio').duration");
        Assert.InRange(duration, 60, 300);
        int half = (int)duration / 2;
        await page.GetByLabel("Position").FillAsync(half.ToString(CultureInfo.InvariantCulture));
        await page.WaitForFunctionAsync("half => Math.abs(document.querySelector('audio').currentTime - half) < 2", half);
        await page.Locator(".player").GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await page.Locator(".recording .badge.good").GetByText("Archived").WaitForAsync();
    }

    private static async Task AssertCsvAsync(IPage page, TestHost host, string conferenceId)
    {
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        await using Stream saved = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(saved);
        string expected = await host.Client.GetStringAsync(new Uri($"conferences/{conferenceId}/participants.csv", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(expected, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Matches(@"^team-\d{4}-\d{2}-\d{2}\.csv$", download.SuggestedFilename);
    }
}
