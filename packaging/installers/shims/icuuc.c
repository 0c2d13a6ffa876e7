/* For wine alone: a stand-in for Windows' own icuuc.dll, which Debian 12's wine 8.0 lacks.
   Tells Qt that no extra (non built-in) text converters are available. Never shipped. */
#include <stddef.h>
#define X __declspec(dllexport)
typedef void *P; typedef int E; enum { U_FILE_ACCESS_ERROR = 4, U_UNSUPPORTED_ERROR = 16 };
X P  ucnv_open(const char *n, E *e){ if(e) *e=U_FILE_ACCESS_ERROR; return NULL; }
X void ucnv_close(P c){}
X void ucnv_reset(P c){}
X signed char ucnv_getMaxCharSize(P c){ return 1; }
X const char *ucnv_getName(P c, E *e){ if(e) *e=U_UNSUPPORTED_ERROR; return NULL; }
X void ucnv_getToUCallBack(P c, P a, P b){}
X void ucnv_getFromUCallBack(P c, P a, P b){}
X void ucnv_setToUCallBack(P c,P a,P b,P d,P f,E *e){}
X void ucnv_setFromUCallBack(P c,P a,P b,P d,P f,E *e){}
X void ucnv_toUnicode(P c,P a,P b,P d,P f,P g,signed char h,E *e){ if(e) *e=U_UNSUPPORTED_ERROR; }
X void ucnv_fromUnicode(P c,P a,P b,P d,P f,P g,signed char h,E *e){ if(e) *e=U_UNSUPPORTED_ERROR; }
X int  ucnv_toUCountPending(P c,E *e){ return 0; }
X int  ucnv_fromUCountPending(P c,E *e){ return 0; }
X const char *ucnv_getStandardName(const char*a,const char*b,E *e){ return NULL; }
X const char *ucnv_getAvailableName(int n){ return NULL; }
X int  ucnv_countAvailable(void){ return 0; }
X void ucnv_cbToUWriteUChars(P a,P b,int n,int o,E *e){}
X void ucnv_cbFromUWriteUChars(P a,P b,P c,int o,E *e){}
X void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void){}
X void UCNV_TO_U_CALLBACK_SUBSTITUTE(void){}
