//! What differs between operations only by names.

#![allow(unused_macros, reason = "not every API has each kind of operation")]

/// Makes a call value sendable: `operation!(List: LIST => Json<RunList>)`, where `LIST` is the route.
///
/// The kinds of response are those of [`Answer`](crate::runtime::call::Answer); they are distinguished here by their tokens,
/// so that the documentation of the output names plain types. `Json<Run> or Empty` gives an `Option`: angle brackets around
/// it would end in `>>`, which a macro cannot take apart.
macro_rules! operation {
    ($name:ident: $route:ident => Json<$output:ty>) => {
        $crate::runtime::macros::operation!(@ $name: $route, $crate::runtime::call::Json<$output>, $output);
    };
    ($name:ident: $route:ident => Empty) => {
        $crate::runtime::macros::operation!(@ $name: $route, $crate::runtime::call::Empty, ());
    };
    ($name:ident: $route:ident => Text) => {
        $crate::runtime::macros::operation!(@ $name: $route, $crate::runtime::call::Text, ::std::string::String);
    };
    ($name:ident: $route:ident => Raw) => {
        $crate::runtime::macros::operation!(@ $name: $route, $crate::runtime::call::Raw, $crate::runtime::model::Bytes);
    };
    ($name:ident: $route:ident => Binary) => {
        $crate::runtime::macros::operation!(@ $name: $route, $crate::runtime::call::Binary, $crate::runtime::stream::ByteStream);
    };
    ($name:ident: $route:ident => Xml<$document:ty, $output:ty>) => {
        $crate::runtime::macros::operation!(@ $name: $route, $crate::runtime::xml::Xml<$document>, $output);
    };
    ($name:ident: $route:ident => Lines<$item:ty>) => {
        $crate::runtime::macros::operation!(
            @ $name: $route, $crate::runtime::stream::Lines<$item>, $crate::runtime::stream::Lines<$item>
        );
    };
    ($name:ident: $route:ident => Events<$item:ty>) => {
        $crate::runtime::macros::operation!(
            @ $name: $route, $crate::runtime::stream::Events<$item>, $crate::runtime::stream::Events<$item>
        );
    };
    ($name:ident: $route:ident => Json<$output:ty> or Empty) => {
        $crate::runtime::macros::operation!(
            @ $name: $route,
            $crate::runtime::call::Maybe<$crate::runtime::call::Json<$output>>,
            ::std::option::Option<$output>
        );
    };
    ($name:ident: $route:ident => Xml<$document:ty, $output:ty> or Empty) => {
        $crate::runtime::macros::operation!(
            @ $name: $route,
            $crate::runtime::call::Maybe<$crate::runtime::xml::Xml<$document>>,
            ::std::option::Option<$output>
        );
    };
    ($name:ident: $route:ident => Text or Empty) => {
        $crate::runtime::macros::operation!(
            @ $name: $route,
            $crate::runtime::call::Maybe<$crate::runtime::call::Text>,
            ::std::option::Option<::std::string::String>
        );
    };
    ($name:ident: $route:ident => Binary or Empty) => {
        $crate::runtime::macros::operation!(
            @ $name: $route,
            $crate::runtime::call::Maybe<$crate::runtime::call::Binary>,
            ::std::option::Option<$crate::runtime::stream::ByteStream>
        );
    };
    ($name:ident: $route:ident => Lines<$item:ty> or Empty) => {
        $crate::runtime::macros::operation!(
            @ $name: $route,
            $crate::runtime::call::Maybe<$crate::runtime::stream::Lines<$item>>,
            ::std::option::Option<$crate::runtime::stream::Lines<$item>>
        );
    };
    ($name:ident: $route:ident => Events<$item:ty> or Empty) => {
        $crate::runtime::macros::operation!(
            @ $name: $route,
            $crate::runtime::call::Maybe<$crate::runtime::stream::Events<$item>>,
            ::std::option::Option<$crate::runtime::stream::Events<$item>>
        );
    };
    ($name:ident: $route:ident => $choice:ty) => {
        $crate::runtime::macros::operation!(@ $name: $route, $choice, $choice);
    };
    (@ $name:ident: $route:ident, $response:ty, $output:ty) => {
        impl $crate::runtime::call::Operation for $name {
            type Output = $output;
            type Answer = $response;

            fn call(&self) -> &$crate::runtime::call::Call {
                &self.0
            }

            fn into_call(self) -> $crate::runtime::call::Call {
                self.0
            }

            fn from_call(call: $crate::runtime::call::Call) -> Self {
                Self(call)
            }
        }

        #[cfg(any(test, feature = "testing"))]
        impl $crate::runtime::testing::Routed for $name {
            const ROUTE: &'static $crate::runtime::route::Route = &$route;
        }

        impl $name {
            /// Sends the call; awaiting it does the same.
            pub fn send(self) -> $crate::runtime::call::Sending<$output> {
                $crate::runtime::call::Operation::sending(self)
            }
        }

        impl ::std::future::IntoFuture for $name {
            type Output = ::std::result::Result<$output, $crate::runtime::error::Error>;
            type IntoFuture = $crate::runtime::call::Sending<$output>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}

/// Decodes an enum of responses by status:
/// `choice!(Answer { Done(Json<Run>) = 200, Accepted = 202, Other(Text) = 200..=299 });`
macro_rules! choice {
    ($name:ident { $($variant:ident $(($response:ty))? = $status:pat),+ $(,)? }) => {
        impl $crate::runtime::call::Answer for $name {
            type Output = Self;

            fn mode(status: u16) -> $crate::runtime::call::Mode {
                match status {
                    $($status => $crate::runtime::macros::choice!(@mode status $($response)?),)+
                    #[allow(unreachable_patterns, reason = "the last arm may take every status")]
                    _ => $crate::runtime::call::Mode::Whole,
                }
            }

            fn decode(
                reply: $crate::runtime::call::Reply,
            ) -> ::std::result::Result<Self, $crate::runtime::error::Error> {
                match reply.status() {
                    $($status => $crate::runtime::macros::choice!(@decode reply $variant $($response)?),)+
                    #[allow(unreachable_patterns, reason = "the last arm may take every status")]
                    _ => ::std::result::Result::Err(reply.unexpected_status()),
                }
            }
        }

        #[cfg(any(test, feature = "testing"))]
        impl $crate::runtime::testing::Double for $name {
            type Given = Self;

            fn double(given: Self) -> $crate::runtime::testing::Canned {
                Self::of_output(given)
            }

            fn of_output(given: Self) -> $crate::runtime::testing::Canned {
                let fits: (fn(u16) -> bool, $crate::runtime::testing::Canned) = match given {
                    $($crate::runtime::macros::choice!(@given value $variant $($response)?) => (
                        |status| matches!(status, $status),
                        $crate::runtime::macros::choice!(@double value $($response)?),
                    ),)+
                };
                fits.1.with_first_status(fits.0)
            }
        }
    };
    (@given $value:ident $variant:ident $response:ty) => {
        Self::$variant($value)
    };
    (@given $value:ident $variant:ident) => {
        Self::$variant
    };
    (@double $value:ident $response:ty) => {
        <$response as $crate::runtime::testing::Double>::of_output($value)
    };
    (@double $value:ident) => {
        $crate::runtime::testing::Canned::status(200)
    };
    (@mode $status:ident $response:ty) => {
        <$response as $crate::runtime::call::Answer>::mode($status)
    };
    (@mode $status:ident) => {
        $crate::runtime::call::Mode::Whole
    };
    (@decode $reply:ident $variant:ident $response:ty) => {
        <$response as $crate::runtime::call::Answer>::decode($reply).map(Self::$variant)
    };
    (@decode $reply:ident $variant:ident) => {
        ::std::result::Result::Ok(Self::$variant)
    };
}

/// Says how the responses of an operation are paged:
/// `paged!(List: RunList => Run { cursor "after"; items = [data]; next = [list_metadata?.after?]; });`
///
/// The styles are `cursor` (with `next`), `last` (with `id`, inside of an item), `page`, `offset`, `link` and `url` (with
/// `next`), the last two with an empty parameter; `page` may say its first number. A `?` follows a field that is an `Option`. `more = [field];` names a boolean.
macro_rules! paged {
    ($name:ident: $page:ty => $item:ty {
        $style:ident $param:literal $($first:literal)?;
        items = [$($items:tt)*];
        $(next = [$($next:tt)+];)?
        $(id = [$($id:tt)+];)?
        $(more = [$($more:tt)+];)?
    }) => {
        impl $crate::runtime::page::Paged for $name {
            type Item = $item;

            const STYLE: $crate::runtime::page::Style = $crate::runtime::macros::paged!(@style $style $($first)?);
            const PARAM: &'static str = $param;

            fn items(page: $page) -> ::std::vec::Vec<$item> {
                $crate::runtime::macros::paged!(@take page; $($items)*)
            }

            fn about(page: &$page) -> $crate::runtime::page::About {
                let items = $crate::runtime::macros::paged!(@reach (*page); $($items)*);
                $crate::runtime::page::About::new(items)
                    $(.next($crate::runtime::macros::paged!(@reach page; $($next)+)))?
                    $(.next(
                        $crate::runtime::page::last(items)
                            .and_then(|item| $crate::runtime::macros::paged!(@reach item; $($id)+)),
                    ))?
                    $(.more($crate::runtime::macros::paged!(@reach page; $($more)+)))?
            }
        }

        impl $name {
            /// All items of all pages, fetched as they are asked for.
            pub fn items(self) -> $crate::runtime::page::Items<Self> {
                $crate::runtime::page::Items::new(self)
            }

            /// All pages, fetched as they are asked for.
            pub fn pages(self) -> $crate::runtime::page::Pages<Self> {
                $crate::runtime::page::Pages::new(self)
            }
        }
    };
    (@style cursor) => { $crate::runtime::page::Style::Cursor };
    (@style last) => { $crate::runtime::page::Style::Cursor };
    (@style page) => { $crate::runtime::page::Style::Number(1) };
    (@style page $first:literal) => { $crate::runtime::page::Style::Number($first) };
    (@style offset) => { $crate::runtime::page::Style::Offset };
    (@style link) => { $crate::runtime::page::Style::Link };
    (@style url) => { $crate::runtime::page::Style::Url };
    (@reach $at:expr;) => { Some(&$at) };
    (@reach $at:expr; $field:ident ?) => { $at.$field.as_ref() };
    (@reach $at:expr; $field:ident ? . $($rest:tt)+) => {
        $at.$field.as_ref().and_then(|it| $crate::runtime::macros::paged!(@reach it; $($rest)+))
    };
    (@reach $at:expr; $field:ident $(. $($rest:tt)+)?) => {
        $crate::runtime::macros::paged!(@reach $at.$field; $($($rest)+)?)
    };
    (@take $at:expr;) => { $at };
    (@take $at:expr; $field:ident ?) => { $at.$field.unwrap_or_default() };
    (@take $at:expr; $field:ident ? . $($rest:tt)+) => {
        $at.$field.map(|it| $crate::runtime::macros::paged!(@take it; $($rest)+)).unwrap_or_default()
    };
    (@take $at:expr; $field:ident $(. $($rest:tt)+)?) => {
        $crate::runtime::macros::paged!(@take $at.$field; $($($rest)+)?)
    };
}

#[allow(unused_imports, reason = "not every API has each kind of operation")]
pub(crate) use {choice, operation, paged};
