"""One story for every act: whose rows it touches, and the line it leaves in the journal."""
