namespace PerfAnalyzers.Tests.GeneratedServer;

/// <summary>The library that all modules use, and the program that runs them.</summary>
internal static class HostFiles
{
    public static IEnumerable<(string Path, string Text)> Shared()
    {
        yield return ("Usings.cs", "global using System;\nglobal using System.Collections.Generic;\nglobal using System.Linq;\nglobal using System.Threading;\nglobal using System.Threading.Tasks;\n");
        yield return ("Entity.cs", """
            namespace Shop.Shared;

            public abstract class Entity
            {
                public int Id { get; set; }

                public DateTime ChangedAt { get; private set; }

                public abstract string Describe();

                public void Touch() => ChangedAt = Clock.Default.Now();

                public override bool Equals(object? obj) => obj is Entity other && other.Id == Id && other.GetType() == GetType();

                public override int GetHashCode() => Id;
            }

            public interface IRepository<T> where T : Entity
            {
                Task<T?> FindAsync(int id, CancellationToken cancel);

                Task<List<T>> ListAsync(CancellationToken cancel);

                Task SaveAsync(T item, CancellationToken cancel);
            }

            """);
        yield return ("Money.cs", """
            namespace Shop.Shared;

            public readonly struct Money(long cents) : IEquatable<Money>
            {
                public static readonly Money Zero = new(0);

                public long Cents { get; } = cents;

                public static Money Of(decimal amount) => new(Rounded(amount));

                public decimal Value() => Cents / 100m;

                public Money Times(int count) => new(Cents * count);

                public string Text() => Value().ToString("0.00");

                public bool Equals(Money other) => other.Cents == Cents;

                public override bool Equals(object? obj) => obj is Money other && Equals(other);

                public override int GetHashCode() => Cents.GetHashCode();

                public static Money operator +(Money left, Money right) => new(left.Cents + right.Cents);

                public static Money operator -(Money left, Money right) => new(left.Cents - right.Cents);

                public static bool operator ==(Money left, Money right) => left.Equals(right);

                public static bool operator !=(Money left, Money right) => !left.Equals(right);

                private static long Rounded(decimal amount) => (long)Math.Round(amount * 100, MidpointRounding.AwayFromZero);
            }

            """);
        yield return ("Clock.cs", """
            namespace Shop.Shared;

            public class Clock
            {
                public static readonly Clock Default = new();

                public virtual DateTime Now() => DateTime.UtcNow;

                public string Stamp() => Now().ToString("O");
            }

            public sealed class Cache<TKey, TValue> where TKey : notnull
            {
                private readonly Dictionary<TKey, TValue> _items = [];

                public bool TryGet(TKey key, out TValue? value) => _items.TryGetValue(key, out value);

                public void Put(TKey key, TValue value) => _items[key] = value;

                public void Drop(TKey key) => _items.Remove(key);

                public TValue? GetOrAdd(TKey key, Func<TKey, TValue?> load)
                {
                    if (TryGet(key, out var known))
                        return known;

                    var value = load(key);
                    if (value is not null)
                        Put(key, value);

                    return value;
                }
            }

            """);
        yield return ("ApiController.cs", """
            using Microsoft.AspNetCore.Mvc;

            namespace Shop.Shared;

            [ApiController]
            public abstract class ApiController : ControllerBase
            {
                protected IActionResult Missing(int id) => NotFound(Reason(id));

                private static string Reason(int id) => $"{id} was not found";
            }

            """);
        yield return ("Texts.cs", """
            namespace Shop.Shared;

            public static class Texts
            {
                public static string Shorten(this string text, int length) => text.Length <= length ? text : Cut(text, length);

                public static bool Matches(this string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

                public static IEnumerable<T> Page<T>(this IEnumerable<T> items, int page, int size) => items.Skip(page * size).Take(size);

                private static string Cut(string text, int length) => text[..length];
            }

            """);
    }

    public static IEnumerable<(string Path, string Text)> Host(IReadOnlyList<string> modules)
    {
        var code = new CodeWriter();
        code.Line("using System;");
        code.Line("using System.Linq;");
        code.Line("using System.Threading.Tasks;");
        code.Line("using Microsoft.AspNetCore.Builder;");
        code.Line("using Microsoft.AspNetCore.Http;");
        code.Line("using Microsoft.Extensions.DependencyInjection;");
        code.Line("using Microsoft.Extensions.Hosting;");
        foreach (var module in modules)
            code.Line($"using Shop.{module}.Infrastructure;");

        code.Line();
        code.Line("var builder = WebApplication.CreateBuilder(args);");
        foreach (var module in modules)
            code.Line($"builder.Services.Add{module}(Setup.Connection(\"{module}\"));");

        code.Line("builder.Services.AddHealthChecks();");
        code.Line("var app = builder.Build();");
        code.Line("app.Use(async (context, next) => { Stats.Count(context.Request.Path); await next(context); });");
        foreach (var module in modules)
            code.Line($"app.Use{module}();");

        code.Block("""
            app.MapGet("/", () => Stats.Show());
            app.MapGet("/version", Stats.Version);
            Announce();
            app.Run();

            void Announce() => Console.WriteLine(Setup.Banner());

            internal static class Setup
            {
                public static string Connection(string name) => Folder() + name;

                public static string Banner() => "Shop " + Environment.Version;

                private static string Folder() => AppContext.BaseDirectory;

                private static string Unused() => Folder();
            }

            internal static class Stats
            {
                private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> s_counts = new();

                public static void Count(PathString path) => s_counts.AddOrUpdate(Key(path), 1, (_, count) => count + 1);

                public static string Show() => string.Join(", ", s_counts.OrderBy(pair => pair.Key).Select(Line));

                public static string Version() => Environment.Version.ToString();

                private static string Key(PathString path) => path.Value ?? "/";

                private static string Line(System.Collections.Generic.KeyValuePair<string, int> pair) => pair.Key + "=" + pair.Value;

                private static string Reset() => Key("/");
            }
            """);
        yield return ("Program.cs", code.ToString());
    }
}
