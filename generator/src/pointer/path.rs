//! Where the walk stands: a list of steps on the stack, made into a pointer only when something is recorded.

use super::Pointer;

/// A place in the tree as it is now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path<'a> {
    up: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Item(usize),
}

impl<'a> Path<'a> {
    /// The document.
    pub(crate) fn root() -> Self {
        Self { up: None, step: Step::Root }
    }

    /// A member of the object here.
    pub(crate) fn key(&'a self, key: &'a str) -> Self {
        Self { up: Some(self), step: Step::Key(key) }
    }

    /// An item of the list here.
    pub(crate) fn item(&'a self, at: usize) -> Self {
        Self { up: Some(self), step: Step::Item(at) }
    }

    /// As a pointer.
    pub(crate) fn pointer(&self) -> Pointer {
        let mut text = String::with_capacity(96);
        self.write(&mut text);
        Pointer::from(text.as_str())
    }

    fn write(&self, text: &mut String) {
        if let Some(up) = self.up {
            up.write(text);
        }
        match self.step {
            Step::Root => {}
            Step::Key(key) => {
                text.push('/');
                if key.contains(['~', '/']) {
                    text.push_str(&key.replace('~', "~0").replace('/', "~1"));
                } else {
                    text.push_str(key);
                }
            }
            Step::Item(at) => {
                text.push('/');
                text.push_str(&at.to_string());
            }
        }
    }

    /// The last key, if the last step is one.
    pub(crate) fn last_key(&self) -> Option<&'a str> {
        match self.step {
            Step::Key(key) => Some(key),
            Step::Root | Step::Item(_) => None,
        }
    }

    /// What to call this place in a message.
    pub(crate) fn name(&self) -> String {
        match (self.step, self.up) {
            (Step::Key(key), _) => format!("`{key}`"),
            // Without its number: items in front of it may have been taken out.
            (Step::Item(_), Some(up)) => format!("an item of {}", up.name()),
            (Step::Item(_) | Step::Root, _) => "the document".to_owned(),
        }
    }
}
