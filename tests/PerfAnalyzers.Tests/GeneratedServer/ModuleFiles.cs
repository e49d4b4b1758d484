namespace PerfAnalyzers.Tests.GeneratedServer;

/// <summary>What a module has once: its context, its generic bases, its middleware and its registration.</summary>
internal static class ModuleFiles
{
    public static IEnumerable<(string Path, string Text)> Write(string module, IReadOnlyList<Feature> features)
    {
        yield return ("GlobalUsings.cs", "global using System;\nglobal using System.Collections.Generic;\nglobal using System.Linq;\nglobal using System.Text;\nglobal using System.Threading;\nglobal using System.Threading.Tasks;\n");
        yield return ($"{module}Context.cs", Context(module, features).ToString());
        yield return ("Infrastructure/Repository.cs", Repository(features[0]).ToString());
        yield return ("Infrastructure/Rule.cs", Rule(features[0]).ToString());
        yield return ($"Infrastructure/{module}Pipeline.cs", Pipeline(features[0]).ToString());
        yield return ($"{module}Module.cs", Registration(module, features).ToString());
    }

    private static CodeWriter Context(string module, IReadOnlyList<Feature> features)
    {
        var code = features[0].File("Infrastructure");
        foreach (var feature in features)
            code.Line($"using Shop.{module}.{feature.Name}s;");

        code.Line();
        code.Open($"public sealed class {module}Context(DbContextOptions<{module}Context> options) : DbContext(options)");
        foreach (var feature in features)
        {
            code.Line($"public DbSet<{feature.Name}> {feature.Name}s => Set<{feature.Name}>();");
            code.Line();
        }

        code.Open("protected override void OnModelCreating(ModelBuilder modelBuilder)");
        foreach (var feature in features)
            code.Line($"modelBuilder.Entity<{feature.Name}>().Property(item => item.Number).HasMaxLength(40);");

        code.Close();
        code.Close();
        return code;
    }

    private static CodeWriter Repository(Feature feature)
    {
        var code = feature.File("Infrastructure");
        code.Open($"public abstract class Repository<T>({feature.Module}Context context) : IRepository<T> where T : Entity");
        code.Block("""
            public async Task<T?> FindAsync(int id, CancellationToken cancel) => await Query().FirstOrDefaultAsync(item => item.Id == id, cancel);

            public Task<List<T>> ListAsync(CancellationToken cancel) => Query().Take(500).ToListAsync(cancel);

            public async Task SaveAsync(T item, CancellationToken cancel)
            {
                Check(item);
                Store(item);
                await context.SaveChangesAsync(cancel);
                Saved?.Invoke(item);
            }

            public event Action<T>? Saved;

            protected virtual IQueryable<T> Query() => context.Set<T>();

            protected virtual void Check(T item)
            {
                if (item.Describe().Length == 0)
                    throw new InvalidOperationException(Reason(item));
            }

            protected void Store(T item)
            {
                if (item.Id == 0)
                    context.Add(item);
                else
                    context.Update(item);
            }

            private static string Reason(T item) => "Nothing to save for " + item.Id;

            private static string Reason(int id) => "Nothing to save for " + id;
            """);
        code.Close();
        return code;
    }

    private static CodeWriter Rule(Feature feature)
    {
        var code = feature.File("Infrastructure");
        code.Open("public abstract class Rule<T> where T : Entity");
        code.Block("""
            public void Require(T item)
            {
                if (!Check(item))
                    throw new RuleException(Explain(item));
            }

            public bool Test(T item) => Check(item);

            protected abstract bool Check(T item);

            protected virtual string Explain(T item) => item.Describe() + " breaks " + GetType().Name;
            """);
        code.Close();
        code.Line();
        code.Line("public sealed class RuleException(string message) : Exception(message);");
        return code;
    }

    private static CodeWriter Pipeline(Feature feature)
    {
        var (module, random, code) = (feature.Module, feature.Random, feature.File("Infrastructure"));
        var body = feature.Body(code);
        code.Line("using Microsoft.AspNetCore.Http;");
        code.Line("using Microsoft.AspNetCore.SignalR;");
        code.Line("using Microsoft.Extensions.Diagnostics.HealthChecks;");
        code.Line();
        code.Open($"public sealed class {module}Middleware(RequestDelegate next, ILogger<{module}Middleware> logger)");
        code.Line("private readonly ILogger _logger = logger;");
        code.Line();
        code.Open("public async Task InvokeAsync(HttpContext context)");
        code.Line("Measure(context.Request.Path, 1);");
        code.Line("await next(context);");
        code.Close();
        code.Line();
        code.Open("private void Measure(string path, int round)");
        body.Write("s:path i:round", random.Next(4, 10));
        code.Close();
        code.Close();
        code.Line();
        code.Open($"public sealed class {module}Hub(ILogger<{module}Hub> logger) : Hub");
        code.Line("private readonly ILogger _logger = logger;");
        code.Line();
        code.Open("public async Task Join(string room)");
        body.Write("s:room", random.Next(4, 10), new Callee("Greeting({s})", 's'));
        code.Line("await Groups.AddToGroupAsync(Context.ConnectionId, room);");
        code.Close();
        code.Line();
        code.Line("private static string Greeting(string room) => \"Hello \" + room;");
        code.Close();
        code.Line();
        code.Open($"public sealed class {module}Health({module}Context context) : IHealthCheck");
        code.Open("public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext unused, CancellationToken cancel = default)");
        code.Line("return await context.Database.CanConnectAsync(cancel) ? HealthCheckResult.Healthy() : Broken();");
        code.Close();
        code.Line();
        code.Line("private static HealthCheckResult Broken() => HealthCheckResult.Unhealthy(\"no database\");");
        code.Close();
        return code;
    }

    private static CodeWriter Registration(string module, IReadOnlyList<Feature> features)
    {
        var code = features[0].File("Infrastructure");
        code.Line("using Microsoft.AspNetCore.Builder;");
        code.Line("using Microsoft.AspNetCore.Routing;");
        code.Line("using Microsoft.Extensions.DependencyInjection;");
        foreach (var feature in features)
            code.Line($"using Shop.{module}.{feature.Name}s;");

        code.Line();
        code.Open($"public static class {module}Module");
        code.Open($"public static IServiceCollection Add{module}(this IServiceCollection services, string connection)");
        code.Line($"services.AddDbContext<{module}Context>(options => options.UseSqlite(Full(connection)));");
        foreach (var feature in features)
        {
            code.Line($"services.AddScoped<I{feature.Name}Repository, {feature.Name}Repository>();");
            code.Line($"services.AddScoped<{feature.Name}Report>().AddScoped<Rule<{feature.Name}>, {feature.Name}SizeRule>().AddScoped<Rule<{feature.Name}>, {feature.Name}StageRule>();");
            code.Line($"services.AddScoped<I{feature.Name}Service, {feature.Name}Service>().AddHostedService<{feature.Name}Worker>();");
        }

        code.Line("return services;");
        code.Close();
        code.Line();
        code.Open($"public static void Use{module}(this WebApplication app)");
        code.Line($"app.UseMiddleware<{module}Middleware>();");
        foreach (var feature in features)
            code.Line($"app.Map{feature.Name}s();");

        code.Line("Seed(app.Services);");
        code.Close();
        code.Line();
        code.Block($$"""
            private static void Seed(IServiceProvider services)
            {
                using var scope = services.CreateScope();
                var context = scope.ServiceProvider.GetRequiredService<{{module}}Context>();
                if (context.{{features[0].Name}}s.Any())
                    return;

                for (var i = 0; i < 10; i++)
                    context.{{features[0].Name}}s.Add(Sample(i));

                context.SaveChanges();
            }

            private static {{features[0].Name}} Sample(int i) => new() { Number = i.ToString() };

            private static string Full(string connection) => "Data Source=" + connection;
            """);
        code.Close();
        return code;
    }
}
