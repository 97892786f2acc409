//! Changes to generated code, each with a program that worked before.

/// A change to generated code.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// The code before and after.
    pub(crate) base: Code,
    pub(crate) head: Code,
    /// A program of a user. It compiles with `base`, and with `head` exactly if no change is breaking.
    pub(crate) program: &'static str,
    /// All changes.
    pub(crate) found: &'static [&'static str],
}

/// A part of generated code.
#[derive(Clone, Copy)]
pub(crate) enum Code {
    /// The items of the module `types`.
    Types(&'static str),
    /// All modules, in one file.
    Whole(&'static str),
}

impl Code {
    /// Returns all modules in one file.
    pub(crate) fn code(self) -> String {
        match self {
            Self::Types(types) => format!("pub mod types {{ {types} }} pub mod builder {{}}"),
            Self::Whole(code) => code.to_owned(),
        }
    }
}

const fn types(
    name: &'static str,
    base: &'static str,
    head: &'static str,
    program: &'static str,
    found: &'static [&'static str],
) -> Row {
    let (base, head) = (Code::Types(base), Code::Types(head));
    Row { name, base, head, program, found }
}

const fn whole(
    name: &'static str,
    base: &'static str,
    head: &'static str,
    program: &'static str,
    found: &'static [&'static str],
) -> Row {
    let (base, head) = (Code::Whole(base), Code::Whole(head));
    Row { name, base, head, program, found }
}

const SHOW: &str = "fn show(it: types::S) -> u8 { it.a }";
const BUILD: &str = "fn build() -> types::S { types::S { a: 1 } }";

pub(crate) const ROWS: &[Row] = &[
    // --- Structs and their fields. ---
    types("field added, non_exhaustive",
        "#[non_exhaustive] pub struct S { pub a: u8 }",
        "#[non_exhaustive] pub struct S { pub a: u8, pub b: Option<String> }",
        SHOW, &["compatible added types::S::b: b: Option<String>"]),
    types("field added, exhaustive",
        "pub struct S { pub a: u8 }", "pub struct S { pub a: u8, pub b: u8 }",
        BUILD, &["breaking added types::S::b: b: u8"]),
    types("field added, others private",
        "pub struct S { pub a: u8, x: u8 }", "pub struct S { pub a: u8, pub b: u8, x: u8 }",
        SHOW, &["compatible added types::S::b: b: u8"]),
    types("private field added to a struct that has one",
        "pub struct S { pub a: u8, x: u8 }", "pub struct S { pub a: u8, x: u16, y: u8 }",
        SHOW, &[]),
    types("first private field",
        "pub struct S { pub a: u8 }", "pub struct S { pub a: u8, x: u8 }",
        BUILD, &["breaking changed types::S: S { a: u8, .. }, was S { a: u8 }"]),
    types("last private field goes",
        "pub struct S { pub a: u8, x: u8 }", "pub struct S { pub a: u8 }",
        SHOW, &["compatible changed types::S: S { a: u8 }, was S { a: u8, .. }"]),
    types("field removed",
        "#[non_exhaustive] pub struct S { pub a: u8, pub b: u8 }",
        "#[non_exhaustive] pub struct S { pub b: u8 }",
        SHOW, &["breaking removed types::S::a: was a: u8"]),
    types("field renamed",
        "#[non_exhaustive] pub struct S { pub a: u8 }",
        "#[non_exhaustive] pub struct S { pub z: u8 }",
        SHOW,
        &["breaking removed types::S::a: was a: u8", "compatible added types::S::z: z: u8"]),
    types("field made private",
        "#[non_exhaustive] pub struct S { pub a: u8 }",
        "#[non_exhaustive] pub struct S { pub(crate) a: u8 }",
        SHOW, &["breaking removed types::S::a: was a: u8"]),
    types("field of another type",
        "#[non_exhaustive] pub struct S { pub a: u8 }",
        "#[non_exhaustive] pub struct S { pub a: ::std::option::Option<::std::string::String> }",
        SHOW, &["breaking changed types::S::a: Option<String>, was u8"]),
    types("field of another type of the same name",
        "#[non_exhaustive] pub struct S { pub a: ::std::fmt::Result }",
        "#[non_exhaustive] pub struct S { pub a: ::std::io::Result<()> }",
        "fn a(it: types::S) -> std::fmt::Result { it.a }",
        &["breaking changed types::S::a: Result<()>, was Result"]),
    types("field of another error",
        "#[non_exhaustive] pub struct S { pub a: std::fmt::Error }",
        "#[non_exhaustive] pub struct S { pub a: std::io::Error }",
        "fn a(it: types::S) -> std::fmt::Error { it.a }",
        &["breaking changed types::S::a: std::io::Error, was std::fmt::Error"]),
    types("becomes non_exhaustive",
        "pub struct S { pub a: u8 }", "#[non_exhaustive] pub struct S { pub a: u8 }",
        BUILD, &["breaking changed types::S: #[non_exhaustive], was exhaustive"]),
    types("becomes non_exhaustive, was closed",
        "pub struct S { pub a: u8, x: u8 }", "#[non_exhaustive] pub struct S { pub a: u8, x: u8 }",
        SHOW, &["compatible changed types::S: #[non_exhaustive], was exhaustive"]),
    types("no longer non_exhaustive",
        "#[non_exhaustive] pub struct S { pub a: u8 }", "pub struct S { pub a: u8 }",
        SHOW, &["compatible changed types::S: exhaustive, was #[non_exhaustive]"]),
    types("names for the fields of a tuple",
        "pub struct S(pub u8);", "pub struct S { pub a: u8 }",
        "fn build() -> types::S { types::S(1) }",
        &["breaking changed types::S: S { a: u8 }, was S(u8)"]),
    types("names for the private fields of a tuple",
        "pub struct S(u8); impl S { pub fn a(&self) -> u8 { self.0 } }",
        "pub struct S { x: u8 } impl S { pub fn a(&self) -> u8 { self.x } }",
        "fn a(it: types::S) -> u8 { it.a() }", &[]),
    types("braces for a unit",
        "pub struct S;", "pub struct S {}",
        "fn build() -> types::S { types::S }", &["breaking changed types::S: S {}, was S"]),
    types("newtype around another type",
        "pub struct S(pub Vec<u8>);", "pub struct S(pub Vec<u16>);",
        "fn build() -> types::S { types::S(vec![1_u8]) }",
        &["breaking changed types::S::0: Vec<u16>, was Vec<u8>"]),
    // --- Enums. ---
    types("variant added, exhaustive",
        "pub enum E { A }", "pub enum E { A, B }",
        "fn look(it: types::E) { match it { types::E::A => {} } }",
        &["breaking added types::E::B: B"]),
    types("variant added, non_exhaustive",
        "#[non_exhaustive] pub enum E { A }", "#[non_exhaustive] pub enum E { A, B }",
        "fn look(it: types::E) -> u8 { match it { types::E::A => 1, _ => 0 } }",
        &["compatible added types::E::B: B"]),
    types("variant with a field among numbers",
        "#[non_exhaustive] pub enum E { A }", "#[non_exhaustive] pub enum E { A, B(u8) }",
        "fn number(it: types::E) -> u8 { it as u8 }", &["breaking added types::E::B: B(u8)"]),
    types("variant removed",
        "#[non_exhaustive] pub enum E { A, B }", "#[non_exhaustive] pub enum E { A }",
        "fn b() -> types::E { types::E::B }", &["breaking removed types::E::B: was B"]),
    types("enum becomes non_exhaustive",
        "pub enum E { A }", "#[non_exhaustive] pub enum E { A }",
        "fn look(it: types::E) { match it { types::E::A => {} } }",
        &["breaking changed types::E: #[non_exhaustive], was exhaustive"]),
    types("enum no longer non_exhaustive",
        "#[non_exhaustive] pub enum E { A }", "pub enum E { A }",
        "fn look(it: types::E) -> u8 { match it { types::E::A => 1, _ => 0 } }",
        &["compatible changed types::E: exhaustive, was #[non_exhaustive]"]),
    types("variant gets a field",
        "#[non_exhaustive] pub enum E { A { a: u8 } }",
        "#[non_exhaustive] pub enum E { A { a: u8, b: u8 } }",
        "fn a() -> types::E { types::E::A { a: 1 } }", &["breaking added types::E::A::b: b: u8"]),
    types("non_exhaustive variant gets a field",
        "pub enum E { #[non_exhaustive] A { a: u8 } }",
        "pub enum E { #[non_exhaustive] A { a: u8, b: u8 } }",
        "fn a(it: types::E) -> u8 { let types::E::A { a, .. } = it; a }",
        &["compatible added types::E::A::b: b: u8"]),
    types("variant around another type",
        "pub enum E { A(u8) }", "pub enum E { A(u16) }",
        "fn a() -> types::E { types::E::A(1_u8) }",
        &["breaking changed types::E::A::0: u16, was u8"]),
    types("enum in place of a struct",
        "#[derive(Clone)] pub struct S(u8); impl S { pub fn new() -> Self { Self(1) } }",
        "pub enum S { A(u8) }",
        "fn new() -> types::S { types::S::new() }",
        &["breaking changed types::S: enum S, was struct S"]),
    types("variants in another order",
        "pub enum E { A, B }", "pub enum E { B, A }", "fn b() -> types::E { types::E::B }", &[]),
    // --- Implementations. ---
    types("Default lost",
        "#[derive(Clone, Default)] pub struct S { pub a: u8 }",
        "#[derive(Clone)] pub struct S { pub a: u8 }",
        "fn new() -> types::S { Default::default() }",
        &["breaking removed impl Default for types::S: was implemented"]),
    types("Copy lost",
        "#[derive(Clone, Copy)] pub struct S(u8);", "#[derive(Clone)] pub struct S(u8);",
        "fn two(it: types::S) -> [types::S; 2] { [it, it] }",
        &["breaking removed impl Copy for types::S: was implemented"]),
    types("Hash lost, Debug new",
        "#[derive(Hash)] pub enum S { A }", "#[derive(Debug)] pub enum S { A }",
        "fn hash(it: types::S) { std::hash::Hash::hash(&it, &mut std::hash::DefaultHasher::new()) }",
        &["breaking removed impl Hash for types::S: was implemented",
          "compatible added impl Debug for types::S: implemented"]),
    types("written instead of derived",
        "#[derive(Debug, PartialEq)] pub struct S(u8);",
        "pub struct S(u8); impl ::std::fmt::Debug for S { fn fmt(&self, f: &mut \
         ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { f.write_str(\"S\") } } \
         impl std::cmp::PartialEq<S> for S { fn eq(&self, other: &S) -> bool { self.0 == other.0 } }",
        "fn show(it: types::S) -> String { format!(\"{it:?} {}\", it == it) }", &[]),
    types("derived with a feature only",
        "#[derive(Clone)] pub struct S(u8);",
        "#[cfg_attr(feature = \"more\", derive(Clone))] pub struct S(u8);",
        "fn same(it: &types::S) -> types::S { it.clone() }",
        &["breaking changed impl Clone for types::S: #[cfg(feature = \"more\")], was always"]),
    types("derived without a feature again",
        "#[cfg_attr(feature = \"more\", derive(Clone))] pub struct S(u8);",
        "#[derive(Clone)] pub struct S(u8);",
        "fn s(_: types::S) {}",
        &["compatible changed impl Clone for types::S: always, was #[cfg(feature = \"more\")]"]),
    types("derived with a feature, new",
        "pub struct S(u8);", "#[cfg_attr(feature = \"more\", derive(Clone))] pub struct S(u8);",
        "fn s(_: types::S) {}",
        &["compatible added impl Clone for types::S: implemented, #[cfg(feature = \"more\")]"]),
    types("conversion into a type of another crate removed",
        "pub struct S(String); impl From<S> for String { fn from(it: S) -> Self { it.0 } }",
        "pub struct S(String);",
        "fn text(it: types::S) -> String { it.into() }",
        &["breaking removed impl From<S> for String: was implemented"]),
    types("conversion from another type added",
        "pub struct S(u8); impl From<u8> for S { fn from(it: u8) -> Self { Self(it) } }",
        "pub struct S(u8); impl From<u8> for S { fn from(it: u8) -> Self { Self(it) } } \
         impl From<bool> for S { fn from(it: bool) -> Self { Self(it.into()) } }",
        "fn new() -> types::S { 1_u8.into() }",
        &["compatible added impl From<bool> for types::S: implemented"]),
    types("error type of a conversion changed",
        "pub struct S; impl std::str::FromStr for S { type Err = std::fmt::Error; \
         fn from_str(_: &str) -> Result<Self, std::fmt::Error> { Ok(Self) } }",
        "pub struct S; impl std::str::FromStr for S { type Err = String; \
         fn from_str(_: &str) -> Result<Self, String> { Ok(Self) } }",
        "fn parse() -> Result<types::S, std::fmt::Error> { \"\".parse() }",
        &["breaking changed impl FromStr for types::S: Err = String, was Error"]),
    types("conversion from a new type",
        "#[non_exhaustive] pub enum E { A(u8) }",
        "#[non_exhaustive] pub enum E { A(u8), B(S) } pub struct S(u8); \
         impl From<S> for E { fn from(it: S) -> Self { Self::B(it) } }",
        "fn a() -> types::E { types::E::A(1) }",
        &["compatible added types::E::B: B(S)", "compatible added types::S: struct S"]),
    // --- Functions. ---
    types("setter takes another type",
        "pub struct S; impl S { pub fn a<T>(self, _: T) -> Self where T: TryInto<u32>, \
         T::Error: ::std::fmt::Display { self } }",
        "pub struct S; impl S { pub fn a<T>(self, _: T) -> Self where T: TryInto<String>, \
         T::Error: ::std::fmt::Display { self } }",
        "fn set(it: types::S) -> types::S { it.a(1_u64) }",
        &["breaking changed types::S::a: T: TryInto<String>, was T: TryInto<u32>"]),
    types("setter takes a body of another type",
        "pub struct S; pub struct A; pub struct B; impl S { pub fn a<V>(self, _: V) -> Self where \
         V: TryInto<A>, <V as TryInto<A>>::Error: std::fmt::Display { self } }",
        "pub struct S; pub struct A; pub struct B; impl S { pub fn a<V>(self, _: V) -> Self where \
         V: TryInto<B>, <V as TryInto<B>>::Error: std::fmt::Display { self } }",
        "fn set(it: types::S, a: types::A) -> types::S { it.a(a) }",
        &["breaking changed types::S::a: V: TryInto<B>, was V: TryInto<A>"]),
    types("bound removed",
        "pub struct S; impl S { pub fn a<T: Into<u32> + Clone>(&self, _: T) {} }",
        "pub struct S; impl S { pub fn a<T>(&self, _: T) where T: Into<u32> {} }",
        "fn set(it: types::S) { it.a(1_u8) }",
        &["compatible changed types::S::a: no longer T: Clone"]),
    types("bound added",
        "pub struct S; impl S { pub fn a<T>(&self, _: T) {} }",
        "pub struct S; impl S { pub fn a<T: Clone>(&self, _: T) {} }",
        "struct Own; fn set(it: types::S) { it.a(Own) }",
        &["breaking changed types::S::a: T: Clone, was not required"]),
    types("relaxed bound removed",
        "pub fn a<T: ?Sized>(_: &T) {}", "pub fn a<T>(_: &T) {}",
        "fn call() { types::a(\"text\") }", &["breaking changed types::a: no longer T: ?Sized"]),
    types("bounds moved to the where clause",
        "pub fn a<T: Copy + Clone>(_: T) {}", "pub fn a<T>(_: T) where T: Clone, T: Copy {}",
        "fn call() { types::a(1) }", &[]),
    types("parameter added",
        "pub fn a(_: u8) {}", "pub fn a(_: u8, more: bool) {}",
        "fn call() { types::a(1) }", &["breaking changed types::a: _: u8, more: bool, was _: u8"]),
    types("parameter of another name",
        "pub fn a(mut b: u8) -> u8 { b += 1; b }", "pub fn a(c: u8) -> u8 { c }",
        "fn call() -> u8 { types::a(1) }", &[]),
    types("parameter and result of another type",
        "pub fn a(b: u8) -> u8 { b }", "pub fn a(b: u16) -> u16 { b }",
        "fn call(b: u8) -> u8 { types::a(b) }",
        &["breaking changed types::a: fn a(b: u16) -> u16, was fn a(b: u8) -> u8"]),
    types("another receiver",
        "pub struct S; impl S { pub fn a(&self) {} }", "pub struct S; impl S { pub fn a(self) {} }",
        "fn twice(it: types::S) { it.a(); it.a() }", &["breaking changed types::S::a: self, was &self"]),
    types("no longer const",
        "pub const fn a() -> u8 { 1 }", "pub fn a() -> u8 { 1 }",
        "const A: u8 = types::a();",
        &["breaking changed types::a: fn a() -> u8, was const fn a() -> u8"]),
    types("now async",
        "pub fn a() -> u8 { 1 }", "pub async fn a() -> u8 { 1 }",
        "fn a() -> u8 { types::a() }",
        &["breaking changed types::a: async fn a() -> u8, was fn a() -> u8"]),
    types("method added",
        "pub struct S; impl S { fn hidden(&self) {} }",
        "pub struct S; impl S { pub fn hidden(&self) {} }",
        "fn s() -> types::S { types::S }",
        &["compatible added types::S::hidden: fn hidden(&self)"]),
    types("method closed",
        "pub struct S; impl S { pub fn a(&self) {} }",
        "pub struct S; impl S { pub(super) fn a(&self) {} }",
        "fn a() { types::S.a() }", &["breaking removed types::S::a: was fn a(&self)"]),
    // --- Other items. ---
    types("type parameter added",
        "pub struct S; pub fn a(_: S) {}", "pub struct S<T>(T); pub fn a(_: S<u8>) {}",
        "fn s(_: types::S) {}",
        &["breaking changed types::S: struct S<T>, was struct S",
          "breaking changed types::a: _: S<u8>, was _: S"]),
    types("documentation, body and lints",
        "/// One.\npub fn a() -> u8 { 1 }", "/// Two.\n#[must_use] #[inline] pub fn a() -> u8 { 2 }",
        "fn a() -> u8 { types::a() }", &[]),
    types("type renamed, with all that is in it",
        "#[derive(Default)] pub struct A { pub a: u8 } impl A { pub fn builder() -> builder::A { \
         builder::A } } pub mod builder { pub struct A; impl A { pub fn a(self) -> Self { self } } }",
        "#[derive(Default)] pub struct B { pub a: u8 } impl B { pub fn builder() -> builder::B { \
         builder::B } } pub mod builder { pub struct B; impl B { pub fn a(self) -> Self { self } } }",
        "fn a() -> types::builder::A { types::A::builder() }",
        &["breaking removed types::A: was struct A",
          "breaking removed types::builder::A: was struct A",
          "compatible added types::B: struct B",
          "compatible added types::builder::B: struct B"]),
    types("module added, with all that is in it",
        "", "pub mod more { pub struct S; impl S { pub fn a() {} } #[derive(Clone)] pub enum E {} }",
        "use types as _;", &["compatible added types::more: mod more"]),
    types("module closed, with all that is in it",
        "pub mod more { pub struct S; impl S { pub fn a() {} } }",
        "mod more { pub struct S; impl S { pub fn a() {} } }",
        "fn s() -> types::more::S { types::more::S }", &["breaking removed types::more: was mod more"]),
    types("type and function of a name",
        "pub struct a {} pub fn a() {}", "pub struct a {}",
        "fn a(_: types::a) { types::a() }", &["breaking removed types::a: was fn a()"]),
    // --- The hand-written client, and operations. ---
    whole("names written in another way",
        "pub mod types { pub struct A; pub struct S { pub a: ::std::num::NonZeroU8, pub b: A } } \
         pub mod builder { use super::types; pub fn a(_: types::A, _: super::types::S) {} }",
        "pub mod types { pub struct A; pub struct S { pub a: std::num::NonZeroU8, pub b: self::A, } } \
         pub mod builder { use super::types; pub fn a(_: crate::types::A, _: types::S) {} }",
        "fn a() { builder::a(types::A, types::S { a: std::num::NonZeroU8::MIN, b: types::A }) }", &[]),
    whole("operation added",
        "use crate::Client; pub mod types {} pub mod builder {} \
         impl Client { pub fn old(&self) {} }",
        "use crate::Client; pub mod types {} \
         pub mod builder { #[derive(Clone)] pub struct List<'a>(pub(super) &'a super::Client); \
         impl<'a> List<'a> { pub async fn send(self) {} } } \
         impl Client { pub fn old(&self) {} \
         pub fn list(&self) -> builder::List<'_> { builder::List(self) } }",
        "fn old(client: Client) { client.old() }",
        &["compatible added Client::list: fn list(&self) -> List<'_>",
          "compatible added builder::List: struct List<'a>"]),
    whole("operation renamed",
        "use crate::Client; pub mod types {} impl Client { pub fn list(&self) -> builder::List<'_> \
         { builder::List(self) } } pub mod builder { pub struct List<'a>(pub(super) &'a super::Client); \
         impl<'a> List<'a> { pub fn send(self) {} } }",
        "use crate::Client; pub mod types {} impl Client { pub fn all(&self) -> builder::All<'_> \
         { builder::All(self) } } pub mod builder { pub struct All<'a>(pub(super) &'a super::Client); \
         impl<'a> All<'a> { pub fn send(self) {} } }",
        "fn list(client: Client) { client.list().send() }",
        &["breaking removed Client::list: was fn list(&self) -> List<'_>",
          "breaking removed builder::List: was struct List<'a>",
          "compatible added Client::all: fn all(&self) -> All<'_>",
          "compatible added builder::All: struct All<'a>"]),
    whole("method for a token added",
        "pub mod types {} pub mod builder {}",
        "pub mod types {} pub mod builder {} impl crate::ClientBuilder { \
         pub fn key(self, token: impl Into<crate::Secret>) -> Self { self } }",
        "fn keep(builder: ClientBuilder) -> ClientBuilder { builder }",
        &["compatible added ClientBuilder::key: fn key(self, token: impl Into<Secret>) -> Self"]),
    whole("method for a token renamed",
        "pub mod types {} pub mod builder {} impl crate::ClientBuilder { \
         pub fn key(self, token: impl Into<crate::Secret>) -> Self { self } }",
        "pub mod types {} pub mod builder {} impl crate::ClientBuilder { \
         pub fn other(self, token: impl Into<crate::Secret>) -> Self { self } }",
        "fn set(builder: ClientBuilder, key: Secret) -> ClientBuilder { builder.key(key) }",
        &["breaking removed ClientBuilder::key: was fn key(self, token: impl Into<Secret>) -> Self",
          "compatible added ClientBuilder::other: fn other(self, token: impl Into<Secret>) -> Self"]),
    whole("another response",
        "pub mod types { pub struct A; } pub mod builder { use super::types; pub struct Get; \
         impl Get { pub async fn send(self) -> Result<Vec<types::A>, crate::Secret> { Ok(vec![]) } } }",
        "pub mod types { pub struct A; } pub mod builder { use super::types; pub struct Get; \
         impl Get { pub async fn send(self) -> Result<types::A, crate::Secret> { Ok(types::A) } } }",
        "async fn get(it: builder::Get) -> Option<Vec<types::A>> { it.send().await.ok() }",
        &["breaking changed builder::Get::send: Result<A, Secret>, was Result<Vec<A>, Secret>"]),
    whole("items private to the crate",
        "pub(crate) const A: u8 = 1; pub(crate) mod operations { pub const B: u8 = 1; } \
         pub mod types {} pub mod builder {}",
        "pub const A: u16 = 1; pub mod operations {} pub fn hidden() {} \
         pub mod types {} pub mod builder {}",
        "fn nothing() {}", &[]),
];
