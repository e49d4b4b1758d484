namespace PerfAnalyzers.Tests.GeneratedServer;

/// <summary>Code of a server that waits with <c>Thread.Sleep</c>: under names that everybody uses, behind interfaces, in deep layers, and in the shared library.</summary>
internal static class GatewayFiles
{
    public const int Layers = 10, Readers = 5;

    /// <summary>The projects with one more file for each feature; the first <paramref name="callers"/> of them use the shared ledger, and a few the shared archive.</summary>
    public static List<Server.Project> AddTo(List<Server.Project> projects, int callers)
    {
        var n = 0;
        return projects.ConvertAll(project => project.Name switch
        {
            "Shop.Shared" => project with { Files = [.. project.Files, ("Ledger.cs", Ledger), ("Archive.cs", Archive)] },
            "Shop.Host" => project,
            _ => project with { Files = [.. project.Files, .. NamesOf(project).Select(name => ($"{name}s/{name}Gateway.cs", Gateway(project.Name, name, n < callers, n++ < Readers)))] },
        });
    }

    private static IEnumerable<string> NamesOf(Server.Project project) => project.Files.Select(file => Path.GetFileName(file.Path))
        .Where(file => file.EndsWith("Report.cs", StringComparison.Ordinal)).Select(file => file[..^"Report.cs".Length]).ToList();

    private const string Ledger = """
        namespace Shop.Shared;

        public static class Ledger
        {
            public static int Post(int id)
            {
                Thread.Sleep(6);
                return id;
            }
        }
        """;

    /// <summary>Few call it, but its names stand in every file of a gateway.</summary>
    private const string Archive = """
        namespace Shop.Shared;

        public class Archive
        {
            public string Get(int id)
            {
                Thread.Sleep(1);
                return "a" + id;
            }

            public virtual List<string> Query(string text)
            {
                Thread.Sleep(2);
                return [text];
            }

            public bool Equals(string left, string right)
            {
                Thread.Sleep(3);
                return left == right;
            }

            public void Execute(int id)
            {
                Thread.Sleep(4);
                Console.WriteLine(id);
            }
        }
        """;

    private static string Gateway(string project, string name, bool posts, bool reads) => $$"""
        using Shop.Shared;

        namespace {{project}}.{{name}}Gateways;

        public interface I{{name}}Gateway
        {
            string Get(int id);

            List<string> Query(string text);

            bool Equals(string left, string right);

            void Execute(int id);
        }

        public sealed class {{name}}Gateway : I{{name}}Gateway
        {
            public string Get(int id)
            {
                Thread.Sleep(1);
                return "g" + id;
            }

            public List<string> Query(string text)
            {
                Thread.Sleep(2);
                return [text];
            }

            public bool Equals(string left, string right)
            {
                Thread.Sleep(3);
                return left == right;
            }

            public void Execute(int id)
            {
                Thread.Sleep(4);
                Console.WriteLine({{(posts ? "Ledger.Post(id)" : "id")}});
            }
        }

        public sealed class Cached{{name}}Gateway(I{{name}}Gateway inner) : I{{name}}Gateway
        {
            private readonly Dictionary<int, string> _known = [];

            public string Get(int id) => _known.TryGetValue(id, out var known) ? known : _known[id] = inner.Get(id);

            public List<string> Query(string text) => inner.Query(text);

            public bool Equals(string left, string right) => left == right || inner.Equals(left, right);

            public void Execute(int id)
            {
                _known.Remove(id);
                inner.Execute(id);
            }
        }

        public sealed class {{name}}Clerk(I{{name}}Gateway gateway)
        {
            public string Show(int id) => gateway.Get(id) + string.Concat(gateway.Query("x"));

            public bool Same(int left, int right) => gateway.Equals(gateway.Get(left), gateway.Get(right));

            public void Hand(int id)
            {
                if (Same(id, 1))
                    gateway.Execute(id);
            }
        }

        public sealed class {{name}}Desk({{name}}Clerk clerk)
        {
            public string Serve(int id)
            {
                clerk.Hand(id);
                return clerk.Show(id);
            }

            public async Task<string> ServeAsync(string id, CancellationToken cancel)
            {
                await Task.Delay(1, cancel);
                return Serve(id.Length) + {{name}}Layer{{Layers}}.Run(id.Length);
            }
        }

        {{(reads ? $$"""
        public sealed class {{name}}Reader(Archive archive)
        {
            public string Read(int id)
            {
                archive.Execute(id);
                return archive.Equals("a", "b") ? archive.Get(id) : archive.Query("x")[0];
            }
        }

        """ : "")}}
        public static class {{name}}Layer1
        {
            public static int Run(int id)
            {
                Thread.Sleep(5);
                return id;
            }
        }

        {{string.Join("\n\n", Enumerable.Range(2, Layers - 1).Select(n => $"public static class {name}Layer{n}\n{{\n    public static int Run(int id) => {name}Layer{n - 1}.Run(id) + {n};\n}}"))}}
        """;
}
