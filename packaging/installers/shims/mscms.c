/* For wine alone: wine 8.0's mscms lacks WcsCreateIccProfile, which Qt >= 6.1x's windows plugin calls. "No colour profile". */
#include <windows.h>
#define X __declspec(dllexport)
X HANDLE WINAPI OpenColorProfileW(void *p, DWORD a, DWORD b, DWORD c){ SetLastError(2); return NULL; }
X BOOL   WINAPI CloseColorProfile(HANDLE h){ return TRUE; }
X BOOL   WINAPI GetColorProfileFromHandle(HANDLE h, PBYTE b, PDWORD n){ SetLastError(6); return FALSE; }
X HANDLE WINAPI WcsCreateIccProfile(HANDLE h, DWORD o){ SetLastError(6); return NULL; }
