namespace PerfAnalyzers.Tests.Knowledge.Paths;

/// <summary>What provably runs once or never in production, and what only looks so.</summary>
public sealed class ColdTests : PathTests
{
    [Fact]
    public void Top_level_statements_and_what_only_they_call() => CheckProgram(
        """
        var app = WebApplication.Create(args);
        Starter.First();
        Shared.Touch();
        Setup();
        new[] { 1, 2 }.ToList().ForEach(x => { /*= Cold: Main */ Starter.Insert(x); });
        await Task.Run(() => { /*= Cold: Main */ });
        app.Lifetime.ApplicationStarted.Register(() => { /*= Unknown */ Starter.AfterStart(); });
        app.MapGet("/", () => Shared.Touch());
        app.Run();

        void Setup() { /*= Cold: Main → Setup */ Starter.Deep(); }
        void NotCalled() { /*= Unknown */ }

        static class Starter
        {
            public static void First() { /*= Cold: Main → Starter.First */ Step(); }
            private static void Step() { /*= Cold: Main → Starter.First → Starter.Step */ }
            public static void Insert(int x) { /*= Cold: Main → Starter.Insert */ }
            public static void Deep() { /*= Cold: Main → Setup → Starter.Deep */ }
            public static void AfterStart() { /*= Unknown */ }
            public static void NobodyCallsThis() { /*= Unknown */ }
        }

        static class Shared { public static void Touch() { /*= Request: GET / → Shared.Touch */ } }
        """);

    [Fact]
    public void A_property_of_the_same_name_gives_no_method_away() => CheckProgram(
        """
        public class Settings { public Installation Install { get; set; } = new(); }
        public class Installation { public string Domain { get; set; } = ""; }
        public class Program
        {
            private static Settings s_settings = new();
            public static void Main(string[] args) { /*= Cold: Program.Main */ MainCore(args); }
            internal static void MainCore(string[] args) { /*= Cold: Program.Main → Program.MainCore */ if (args.Length > 0) Install(); }
            private static void Install() { /*= Cold: Program.Main → Program.MainCore → Program.Install */ s_settings.Install.Domain = "a"; if (!Check()) s_settings.Install = new(); }
            private static bool Check() { /*= Cold: Program.Main → Program.MainCore → Program.Install → Program.Check */ return true; }
        }

        public class Given { public Action Run { get; } = () => { }; public void Start() { } }
        public class Keeper { private readonly List<Action> _later = []; private void Start() { /*= Unknown */ } public void Keep(Given given) { _later.Add(given.Run); _later.Add(Start); } }
        """);

    [Fact]
    public void Main_and_static_initialisation() => CheckProgram(
        """
        public class Program
        {
            private static readonly string s_text = /*= Cold: Program() */ Read();
            private static readonly Lazy<string> s_lazy = new(() => { /*= Cold: Program() */ return Read(); });
            private static readonly Func<string> s_kept = () => { /*= Unknown */ return s_text; };
            private static int Size { get; } = /*= Cold: Program() */ s_text.Length;

            static Program() { /*= Cold: Program() */ }

            public static void Main() { /*= Cold: Program.Main */ Instance(); }
            public static void Main(string a, string b) { /*= Unknown */ }
            private static string Read() { /*= Cold: Program() → Program.Read */ return ""; }
            private static void Instance() { /*= Cold: Program.Main → Program.Instance */ Instance(); }
        }
        """);

    [Fact]
    public void Registration_of_services_and_pipeline() => Check(
        """
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                /*= Cold: Startup.ConfigureServices */ services.AddShop();
                services.AddSingleton(sp => { /*= Unknown */ return new object(); });
                services.Configure<List<int>>(o => { /*= Unknown */ });
            }

            public void Configure(IApplicationBuilder app) { /*= Cold: Startup.Configure */ app.UseShop(); }
        }

        public static class ShopExtensions
        {
            public static IServiceCollection AddShop(this IServiceCollection services) { /*= Cold: ShopExtensions.AddShop */ Register(services.Count); return services; }
            public static IApplicationBuilder UseShop(this IApplicationBuilder app) => /*= Cold: ShopExtensions.UseShop */ app.Use(async (context, next) => { /*= Request: Use lambda */ await next(); });
            private static void Register(int count) { /*= Cold: ShopExtensions.AddShop → ShopExtensions.Register */ }
        }
        """);

    [Fact]
    public void Hosts_that_are_built_with_lambdas() => CheckProgram(
        """
        using Microsoft.AspNetCore.Hosting;

        public static class Program
        {
            public static void Main(string[] args) => Host.CreateDefaultBuilder(args)
                .ConfigureServices((context, services) => { /*= Cold: Program.Main */ Warm(); })
                .ConfigureWebHostDefaults(web => web.Configure(app => { /*= Cold: Program.Main */ app.Run(async context => { /*= Request: Run lambda */ await Task.Yield(); }); }))
                .Build().Run();

            private static void Warm() { /*= Cold: Program.Main → Program.Warm */ }
        }
        """);

    [Fact]
    public void What_the_host_and_the_tools_call_once() => Check(
        """
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Design;
        using Microsoft.EntityFrameworkCore.Metadata.Builders;
        using Microsoft.EntityFrameworkCore.Migrations;
        using Microsoft.Extensions.Options;

        public class Shop : DbContext
        {
            protected override void OnModelCreating(ModelBuilder model) { /*= Cold: Shop.OnModelCreating */ Map(); }
            protected override void OnConfiguring(DbContextOptionsBuilder options) { /*= Unknown */ }
            private void Map() { /*= Cold: Shop.OnModelCreating → Shop.Map */ }
        }

        public class Factory : IDesignTimeDbContextFactory<Shop> { public Shop CreateDbContext(string[] args) { /*= Cold: Factory.CreateDbContext */ return new Shop(); } }
        public class First : Migration
        {
            protected override void Up(MigrationBuilder migration) { /*= Cold: First.Up */ }
            protected override void Down(MigrationBuilder migration) { /*= Cold: First.Down */ }
        }

        public class Order;
        public class OrderMap : IEntityTypeConfiguration<Order> { public void Configure(EntityTypeBuilder<Order> builder) { /*= Cold: OrderMap.Configure */ } }
        public class Settings;
        public class SettingsValidator : IValidateOptions<Settings> { public ValidateOptionsResult Validate(string? name, Settings options) { /*= Cold: SettingsValidator.Validate */ return ValidateOptionsResult.Success; } }
        public class Warmer : IHostedService
        {
            public Task StartAsync(CancellationToken cancel) { /*= Cold: Warmer.StartAsync */ Load(); return Task.CompletedTask; }
            public Task StopAsync(CancellationToken cancel) { /*= Cold: Warmer.StopAsync */ return Task.CompletedTask; }
            private void Load() { /*= Cold: Warmer.StartAsync → Warmer.Load */ }
        }
        """);

    [Fact]
    public void Starters_behind_an_interface_of_the_program() => CheckProgram(
        """
        var app = WebApplication.Create(args);
        using (var scope = app.Services.CreateScope())
        {
            IStarter seeder = scope.ServiceProvider.GetRequiredService<IStarter>();
            seeder.SeedAll();
        }

        app.Run();

        interface IStarter { void SeedAll(); }
        class Starter : IStarter
        {
            public void SeedAll() { /*= Cold: Main → Starter.SeedAll */ }
        }
        """);

    [Fact]
    public void A_delegate_a_foreign_interface_or_a_second_caller_leaves_it_open() => Check(
        """
        public class Startup
        {
            public void ConfigureServices(IServiceCollection services)
            {
                Private();
                Shared();
                services.AddSingleton(Given);
                new Local().Dispose();
                Public.Do();
                dynamic d = services;
                Tangled();
            }

            private void Private() { /*= Cold: Startup.ConfigureServices → Startup.Private */ }
            private void Shared() { /*= Unknown */ }
            private object Given(IServiceProvider provider) { /*= Unknown */ return provider; }
            private void Tangled() { /*= Unknown */ Knot(); }
            private void Knot() { /*= Unknown */ Tangled(); }
            public void Others() => Shared();
        }

        class Local : IDisposable { public void Dispose() { /*= Unknown */ } }
        public static class Public { public static void Do() { /*= Unknown */ } internal static void Inner() { /*= Unknown */ } }
        """);

    [Fact]
    public void A_lambda_is_cold_only_where_the_framework_itself_runs_it() => CheckProgram(
        """
        var own = new Own();
        own.Select(x => { /*= Unknown */ return x; });
        new[] { 1 }.Select(x => { /*= Cold: Main */ return x; }).ToList();
        ((Action)(() => { /*= Cold: Main */ }))();
        Task.Run(() => { /*= Cold: Main */ }).Wait();
        var task = Task.Run(() => { /*= Unknown */ });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => { /*= Unknown */ };

        class Own { public void Select(Func<int, int> f) { } }
        """);

    [Fact]
    public void A_public_method_of_a_library_may_be_called_from_outside() => Check(
        """
        public static class Registration
        {
            public static void AddIt(this IServiceCollection services) { Api.Warm(); Hidden.Warm(); }
        }

        public static class Api { public static void Warm() { /*= Unknown */ } }
        static class Hidden { public static void Warm() { /*= Cold: Registration.AddIt → Hidden.Warm */ } }
        """);

    [Fact]
    public void Seeders_by_name_where_no_request_reaches_them() => Check(
        """
        public static class ShopSeeder
        {
            public static void Fill() { /*= Cold */ }
            public static void Refill() { /*= Request: HomeController.Get → ShopSeeder.Refill */ }
        }

        public class Imports { public void SeedCountries() { /*= Cold */ } public void ReadSeedling() { /*= Unknown */ } }

        public class HomeController : Controller { public void Get() { /*= Request: HomeController.Get */ ShopSeeder.Refill(); } }
        """);
}
