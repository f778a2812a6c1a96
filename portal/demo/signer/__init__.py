"""A stand-in for the signing tool an official has on their own machine: for the demo and for tests, never a part of a
service.

It runs outside the server (`python -m portal.demo.signer --help`) and keeps its keys in a folder of its own: in PKCS#12
files, or in a token of SoftHSM2 through PKCS#11, as a USB token holds them. It makes its own authority, whose certificate
says in its name that it is worth nothing outside the sample. It can be told to tamper.
"""
