//! The document after each stage, as a type of its own: so a stage in the wrong place does not compile.

/// Declares what a stage makes: a [`Tree`](crate::tree::Tree) that everybody may read, and only the module of the stage can make.
macro_rules! stage {
    ($(#[$doc:meta])* $vis:vis $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        $vis struct $name($crate::tree::Tree);

        impl $name {
            /// The tree, for the next stage.
            $vis fn into_tree(self) -> $crate::tree::Tree {
                self.0
            }
        }

        impl std::ops::Deref for $name {
            type Target = $crate::tree::Tree;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        /// Tests of a stage start from any tree.
        #[cfg(test)]
        impl From<$crate::tree::Tree> for $name {
            fn from(tree: $crate::tree::Tree) -> Self {
                Self(tree)
            }
        }
    };
}

pub(crate) use stage;
