namespace PerfAnalyzers.Tests.Fixing;

/// <summary>Code that picks between a method and its async twin keeps its synchronous arm; what cannot be seen whole keeps everything.</summary>
public sealed class SyncArmTests : GoAsyncTests
{
    private const string Store = """
        class Store
        {
            public int Load(int id) { [|Thread.Sleep(1)|]; return id; }
            public async Task<int> LoadAsync(int id) { await Task.Delay(1); return id; }
        }

        """;

    [Fact]
    public Task The_synchronous_arm_of_a_choice_stays_while_other_callers_move() => Converts(Store +
        """
        class User(Store store)
        {
            public async Task<int> Get(bool async) => async ? await store.LoadAsync(1) : store.Load(1);

            public async Task<int> Find(bool async)
            {
                if (async)
                {
                    return await store.LoadAsync(2);
                }

                return store.Load(2);
            }

            public Task Save(bool async)
            {
                if (async)
                    return store.LoadAsync(3);

                store.Load(3);
                return Task.CompletedTask;
            }

            public async Task<int> Other()
            {
                await Task.Yield();
                return store.Load(4);
            }
        }
        """, Store +
        """
        class User(Store store)
        {
            public async Task<int> Get(bool async) => async ? await store.LoadAsync(1) : store.Load(1);

            public async Task<int> Find(bool async)
            {
                if (async)
                {
                    return await store.LoadAsync(2);
                }

                return store.Load(2);
            }

            public Task Save(bool async)
            {
                if (async)
                    return store.LoadAsync(3);

                store.Load(3);
                return Task.CompletedTask;
            }

            public async Task<int> Other()
            {
                await Task.Yield();
                return await store.LoadAsync(4);
            }
        }
        """, test => test.ActionsMayChangeNothing = true);

    [Fact]
    public Task A_choice_between_methods_of_other_shapes_blocks() => Leaves(
        """
        class Store
        {
            public int Load(int id) { [|Thread.Sleep(1)|]; return id; }
            public async Task<int> LoadAsync(int id, bool force) { await Task.Delay(1); return id; }
            public async Task<int> Get(bool async) => async ? await LoadAsync(1, true) : Load(1);
        }
        """);

    [Fact]
    public Task A_twin_of_another_implementation_that_calls_its_own_method_blocks() => Leaves(
        """
        interface IStore { int Load(int id); Task<int> LoadAsync(int id); }

        class Remote : IStore
        {
            public int Load(int id) { [|Thread.Sleep(1)|]; return id; }
            public async Task<int> LoadAsync(int id) { await Task.Delay(1); return id; }
        }

        class Local : IStore
        {
            public int Load(int id) => id;
            public async Task<int> LoadAsync(int id) => await Task.FromResult(Load(id));
        }

        class User(IStore store)
        {
            public async Task<int> Get() { await Task.Yield(); return store.Load(1); }
        }
        """, test => test.ActionsMayChangeNothing = true);

    [Theory]
    [InlineData("public Task LoadAsync(int id) => Task.CompletedTask;")]
    [InlineData("public Task<string> LoadAsync(int id) => Task.FromResult(\"\");")]
    [InlineData("public int LoadAsync(int id) => id;")]
    public Task An_async_method_of_another_shape_beside_it_blocks(string sibling) => Leaves(
        $$"""
        class Store
        {
            public int Load(int id) { [|Thread.Sleep(1)|]; return id; }
            {{sibling}}
            public async Task<int> Use() { await Task.Yield(); return Load(1); }
        }
        """);

    [Theory]
    [InlineData("public void Configure(Microsoft.AspNetCore.Builder.IApplicationBuilder app) { Data.Load(); }")]
    [InlineData("public void ConfigureContainer(Microsoft.AspNetCore.Builder.WebApplication app) => Data.Load();")]
    [InlineData("public static void AddShop(Microsoft.Extensions.DependencyInjection.IServiceCollection services) => Data.Load();")]
    public Task Start_up_methods_stay_as_their_host_calls_them(string startUp) => Leaves(
        $$"""
        public class Startup { {{startUp}} }
        public static class Data { public static int Load() { [|Thread.Sleep(1)|]; return 1; } }
        """);

    [Theory]
    [InlineData("int Use(Missing other) => other.Load();")]
    [InlineData("int Use() => Load(unknown, 2);")]
    [InlineData("int Use() => Load(\"\", \"\");")]
    public Task A_call_that_does_not_bind_blocks(string member) => Leaves(
        $$"""
        public class Data
        {
            public int Load(int a = 1, int b = 2) { [|Thread.Sleep(1)|]; return 1; }
            public {{member}}
        }
        """, test => test.AllowCompilerErrors = true);

    [Fact]
    public Task A_static_class_that_is_handed_to_reflection_stays() => Leaves(
        """
        public static class Filters
        {
            public static string Format(string text) { [|Thread.Sleep(1)|]; return text; }
        }

        public static class Templates
        {
            public static void Register() => Use(typeof(Filters));
            private static void Use(Type type) { }
        }
        """, test => test.ActionsMayChangeNothing = true);

    [Fact]
    public Task A_helper_of_views_that_no_code_calls_stays() => Leaves(
        """
        public static class Editors
        {
            public static string Editor(this Microsoft.AspNetCore.Mvc.Rendering.IHtmlHelper html, string name) { [|Thread.Sleep(1)|]; return name; }
        }
        """, test => test.ActionsMayChangeNothing = true);

    [Fact]
    public Task Awaits_of_a_type_without_any_are_written_as_in_the_rest_of_the_project() => Converts(
        """
        public class Other
        {
            public async Task M() { await Task.Yield(); await Task.Delay(1).ConfigureAwait(false); await Task.Delay(2).ConfigureAwait(false); }
        }

        public class Data
        {
            public int Load() { [|Thread.Sleep(1)|]; return 1; }
            public int Use() => Load();
        }
        """,
        """
        public class Other
        {
            public async Task M() { await Task.Yield(); await Task.Delay(1).ConfigureAwait(false); await Task.Delay(2).ConfigureAwait(false); }
        }

        public class Data
        {
            public async Task<int> LoadAsync() { await Task.Delay(1).ConfigureAwait(false); return 1; }
            public async Task<int> UseAsync() => await LoadAsync().ConfigureAwait(false);
        }
        """);
}
