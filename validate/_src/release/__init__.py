"""What must agree in a release of a package, and the folder of files to download.

changelog: what a changelog says of versions.
repository: what git says of the folder of a package.
agreement: whether tree, version, changelog and difference agree.
files: the files of a release, and their digests.
landing: the page that says what the files are.
release: all together.
"""
