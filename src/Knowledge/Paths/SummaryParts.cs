using System;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>What kind of function a <see cref="FunctionPart"/> is.</summary>
internal enum FunctionKind : byte
{
    Method,
    Constructor,
    StaticConstructor,
    Getter,
    Setter,
    Operator,
    LocalFunction,

    /// <summary>A lambda that is kept and run later, or by somebody else. One that runs where it stands is part of its function.</summary>
    Lambda,
    TopLevel,

    /// <summary>The initialisers of a type's instance fields and properties: they run with every constructor.</summary>
    InstanceInitializer,
    StaticInitializer,
}

/// <summary>What the modifiers and the shape of a declaration say.</summary>
[Flags]
internal enum Traits
{
    None = 0,
    Public = 1,
    Protected = 1 << 1,
    Internal = 1 << 2,
    Private = 1 << 3,
    Static = 1 << 4,
    Abstract = 1 << 5,
    Virtual = 1 << 6,
    Override = 1 << 7,
    Extension = 1 << 8,
    Attributed = 1 << 9,
    Body = 1 << 10,
    Interface = 1 << 11,
    CallsThis = 1 << 12,
    HasParameters = 1 << 13,
    Partial = 1 << 14,
}

/// <summary>Why a framework may call a lambda or a method group: to which call it was given.</summary>
internal enum HandlerKind : byte
{
    None,

    /// <summary>Given to <c>MapGet</c> and the like, whose names alone say enough.</summary>
    Endpoint,

    /// <summary>Given to <c>Map</c>, <c>Use</c> or <c>Run</c>: only on an application builder.</summary>
    Pipeline,

    /// <summary>Given to a timer, a job queue or a health check, named by the receiver or the created type.</summary>
    Scheduled,
}

/// <summary>How a name is used.</summary>
internal enum CallKind : byte
{
    Invoke,

    /// <summary>A name that is read: a property, or a method that becomes a delegate.</summary>
    Read,
    Write,
    New,

    /// <summary>A call of a local function; <see cref="CallPart.Arguments"/> is its index.</summary>
    Local,

    /// <summary>A local function that becomes a delegate.</summary>
    LocalRead,

    /// <summary>A method group given to a framework as handler; <see cref="CallPart.Handler"/> says which.</summary>
    Handler,
    Operator,
}

/// <summary>How the type of an expression can be found from names alone.</summary>
internal enum ReceiverKind : byte
{
    /// <summary>No receiver is written.</summary>
    None,
    Unknown,
    This,
    Base,

    /// <summary>The type is written: a declared local or parameter, a creation, a cast.</summary>
    Type,

    /// <summary>A simple name that is no local: a member of the type, or a type.</summary>
    Name,

    /// <summary>A member of another expression.</summary>
    Member,

    /// <summary>The result of a call.</summary>
    Call,

    /// <summary>The result of a local function, whose index is <see cref="ReceiverPart.Arguments"/>.</summary>
    LocalCall,
    Await,

    /// <summary>An element of a sequence or an indexed collection.</summary>
    Element,

    /// <summary>A group of routes; its name is their common prefix.</summary>
    Builder,

    /// <summary>A sequence of what another expression gives.</summary>
    Sequence,
}

/// <summary>A run of names in <see cref="TreeContent.Names"/>.</summary>
internal readonly record struct Slice(int Start, int Count);

/// <summary>One declaration of a type; a partial type has several.</summary>
internal readonly record struct TypePart(string Name, int Arity, string Namespace, int Outer, Traits Traits, Slice Bases, Slice Attributes, Slice TypeParameters, Slice Constraints);

/// <summary>A field, a property or a primary-constructor parameter: its name and its written type.</summary>
internal readonly record struct MemberPart(string Name, int Type, string TypeName);

/// <summary>One function: what it is, where it belongs, and which calls it makes.</summary>
internal readonly record struct FunctionPart(
    FunctionKind Kind, string Name, int Type, int Parent, Traits Traits, int LeastArguments, int MostArguments, string? ReturnType,
    Slice Parameters, Slice Attributes, Slice TypeParameters, Slice Constraints, string? ExplicitInterface,
    HandlerKind Handler, int HandlerReceiver, string? Label, Slice Calls);

/// <summary>One use of a name in a function.</summary>
/// <param name="Name">The name used.</param>
/// <param name="Arguments">How many arguments, and above <see cref="TypeArgumentShift"/> how many type arguments are written; -1 for a name that is not called.</param>
/// <param name="Kind">How it is used.</param>
/// <param name="Receiver">What it is used on: an index of <see cref="TreeContent.Receivers"/>.</param>
/// <param name="Handler">To what kind of call it was given.</param>
/// <param name="First">The first argument, as receivers are told; 0 where it says nothing.</param>
internal readonly record struct CallPart(string Name, int Arguments, CallKind Kind, int Receiver, HandlerKind Handler, int First)
{
    public const int TypeArgumentShift = 16;

    // One for every name in the code: few operations.
    public override int GetHashCode() => (((((Name.Length * 31) + Name[0]) * 31) + Name[Name.Length - 1]) * 31) ^ (Receiver * 7919) ^ (First * 104729) ^ (Arguments << 3) ^ (int)Kind;
}

/// <summary>An expression that a member is used on, as far as its names tell.</summary>
internal readonly record struct ReceiverPart(ReceiverKind Kind, string Name, int Of, int Arguments)
{
    public override int GetHashCode() => (NameIndex.Hash(Name) * 31) ^ (Of * 7919) ^ (Arguments << 4) ^ (int)Kind;
}
