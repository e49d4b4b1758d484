using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Tests.Knowledge.Queries;

public sealed class EntityKeysTests
{
    [Theory]
    [InlineData("public class E { public int Id { get; set; } public int Other { get; set; } }", "Id")]
    [InlineData("public class E { public int EId { get; set; } }", "EId")]
    [InlineData("public class E { public int ID { get; set; } public int EId { get; set; } }", "ID")]
    [InlineData("public class E { public int Id { get; set; } [Key] public string Code { get; set; } }", "Code")]
    [InlineData("[PrimaryKey(nameof(A), nameof(B))] public class E { public int Id { get; set; } public int A { get; set; } public int B { get; set; } }", "A B")]
    [InlineData("public class Base { public long Id { get; set; } } public class E : Base { public string Name { get; set; } }", "Id")]
    [InlineData("public class Base { public long BaseId { get; set; } } public class E : Base { }", "BaseId")]
    [InlineData("[Keyless] public class E { public int Id { get; set; } }", "")]
    [InlineData("public class E { public string Name { get; set; } private int Id { get; set; } }", "")]
    public void Finds_the_key(string source, string expected)
    {
        var compilation = CSharpCompilation.Create("Keys", [CSharpSyntaxTree.ParseText("using System.ComponentModel.DataAnnotations; using Microsoft.EntityFrameworkCore;" + source)], ReferenceAssemblies.All.References);
        Assert.Equal(expected, string.Join(" ", EntityKeys.Of(compilation.GetTypeByMetadataName("E")!).Select(property => property.Name)));
    }
}
