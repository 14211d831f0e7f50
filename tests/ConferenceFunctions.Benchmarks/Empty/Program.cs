WebApplication app = WebApplication.Create(args);
app.MapGet("/", () => Results.Text("{}"));
app.Run();
